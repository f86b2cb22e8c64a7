import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Dockerfile, type DockerfileEdit, parseDockerfile, planEdit } from "../../lib/dockerfile";
import { applyEdits } from "../../lib/text";
import { PATIENCE, RUNS } from "../laws";
import { expectSame } from "../same";
import { small } from "./arbitraries";

/** Does a gesture; where it is refused, the law is broken. */
function gesture(tree: Dockerfile, edit: DockerfileEdit): Dockerfile {
  const { source } = tree;
  const result = planEdit(tree, edit);
  if (!result.ok) throw new Error(`${JSON.stringify(edit)} on ${JSON.stringify(source)}: ${result.reason}`);
  return parseDockerfile(applyEdits(source, result.edits));
}

/** The graph alone: what stages stand on, and what each of their instructions takes from where. */
function graph(tree: Dockerfile) {
  return tree.stages.map(({ name, base, copies, mounts, instructions }) => ({
    name,
    base: base.target,
    uses: [...copies, ...mounts].map(({ kind, target, sources, destination, instruction }) => ({
      ...{ kind, target, sources, destination, at: instructions.indexOf(instruction) },
    })),
    keywords: instructions.map(({ keyword }) => keyword),
  }));
}

/** Takes everything away that gestures can: one stage stays, with nothing in it. */
function cleared(text: string): Dockerfile {
  let now = parseDockerfile(text);
  while (now.stages.length > 1) now = gesture(now, { type: "removeStage", stage: 0 });
  while ((now.stages[0]?.instructions.length ?? 0) > 1) {
    now = gesture(now, { type: "removeInstruction", stage: 0, instruction: 1 });
  }
  return now;
}

/** Builds a graph up with gestures, from one empty stage that is called something else. */
function built(from: Dockerfile, wanted: Dockerfile): Dockerfile {
  let now = from;
  for (const stage of wanted.stages) {
    const { target } = stage.base;
    const { index, name } = stage;
    if (index === 0) {
      now = gesture(now, { type: "renameStage", stage: 0, name: name ?? "" });
      if (target.kind === "image") now = gesture(now, { type: "setBase", stage: 0, base: target });
    } else {
      const base = stage.baseText;
      now = gesture(now, name === null ? { type: "addStage", base } : { type: "addStage", base, name });
    }
    for (const [at, each] of stage.instructions.entries()) {
      if (at === 0) continue;
      const copy = stage.copies.find(({ instruction }) => instruction === each);
      const mounts = stage.mounts.filter(({ instruction }) => instruction === each);
      if (copy?.target.kind === "stage" && now.stages[copy.target.index]?.name !== null) {
        const { sources = [], destination = "" } = copy;
        now = gesture(now, { type: "addCopy", stage: index, from: copy.target, sources, destination, at });
      } else if (mounts.length > 0) {
        now = gesture(now, { type: "insertInstruction", stage: index, at, text: "RUN ls" });
        for (const { target: source, destination = "" } of mounts) {
          if (source.kind !== "stage") continue;
          const options: [string, string][] = [
            ["type", "bind"],
            ["target", destination],
          ];
          now = gesture(now, { type: "addMount", stage: index, instruction: at, options, from: source });
        }
      } else {
        const text = wanted.source.slice(each.range.start, each.range.end);
        now = gesture(now, { type: "insertInstruction", stage: index, at, text });
      }
    }
  }
  return now;
}

describe("gestures and text reach the same graphs", PATIENCE, () => {
  it("from any file to any other's graph there is a way by gestures alone, and the text says it", () => {
    fc.assert(
      fc.property(small, small, (here, there) => {
        const wanted = parseDockerfile(there);
        const reached = built(cleared(here), wanted);
        expectSame(graph(reached), graph(wanted));
        expect(reached.graphError).toBeNull();
      }),
      RUNS,
    );
  });
});
