/**
 * What is foretold of an edit is what happens: each case is a few stages of one Dockerfile, built as they are, then
 * edited all at once and built again.
 */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { contextTree } from "@/lib/build/context/context-tree";
import { takenFiles } from "@/lib/build/context/digest";
import { evaluationOf } from "@/lib/build/evaluation";
import { type BuildOptions, buildOptionsSchema } from "@/lib/build/events";
import { figuresOf } from "@/lib/build/figures";
import { Forecaster } from "@/lib/build/forecast/forecast";
import { emptyBuild, reduceBuild } from "@/lib/build/reducer";
import type { BuildState } from "@/lib/build/state";
import { parseDockerfile } from "@/lib/dockerfile";
import { build, fresh, onEveryEngine, type Told } from "./builds";

interface Case {
  /** `@` begins the names of its stages and is different in every case. */
  before: string;
  edit(text: string): string;
  /** Rows "stage:instruction" of the case, in the order of the file; "?" behind one that may run and need not. */
  foretold: string[];
  /** 20.10 does not know it. */
  newer?: true;
  /** Rows foretold where the host joins layers. */
  joined?: string[];
}

const replace = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`No ${from}`);
  return text.replaceAll(from, to);
};
const same = (text: string) => text;

const TWO = `FROM busybox AS @a
RUN echo @ one > /one
RUN echo @ two > /two
FROM busybox AS @b
RUN echo @ before
COPY --from=@a /two /two
RUN cat /two
`;

const CASES: Record<string, Case> = {
  "nothing changed": { before: TWO, edit: same, foretold: [] },
  "a comment and spaces": {
    before: TWO,
    edit: (text) => `# hello\n${text.replace("COPY ", "COPY   ")}`,
    foretold: [],
  },
  "a stage renamed": { before: TWO, edit: replace("@a", "@other"), foretold: [] },
  "a stage's last step, its file the same": {
    before: TWO,
    edit: replace("two > /two", "two > /two; echo more"),
    foretold: ["0:2", "1:2?", "1:3?"],
  },
  "a stage's first step, the file another": {
    before: TWO,
    edit: (text) => text.replace("one > /one", "one > /one; echo new"),
    foretold: ["0:1", "0:2", "1:2?", "1:3?"],
  },
  "a step before a copy": {
    before: TWO,
    edit: replace("before", "first"),
    foretold: ["1:1", "1:2", "1:3"],
  },
  "another source of a copy": {
    before: TWO,
    edit: replace("--from=@a /two", "--from=@a /one"),
    foretold: ["1:2", "1:3"],
  },
  "a step put in and one taken out": {
    before: "FROM busybox AS @a\nRUN : @1\nRUN : @2\nRUN : @3\n",
    edit: replace("RUN : @2\n", ""),
    foretold: ["0:2"],
  },
  "a stage built on one that changed": {
    before: "FROM busybox AS @a\nRUN : @1\nFROM @a AS @b\nRUN : @2\nFROM @b AS @c\nWORKDIR /w\nRUN : @3\n",
    edit: replace("@1", "@one"),
    foretold: ["0:1", "1:1", "2:1", "2:2"],
  },
  "ENV that a COPY does not name": {
    before: "FROM busybox AS @a\nRUN : @1\nENV A=1\nCOPY still /@\nRUN : @2\n",
    edit: replace("A=1", "A=2"),
    foretold: ["0:4"],
  },
  "ENV that a COPY names": {
    before: "FROM busybox AS @a\nRUN : @1\nENV A=still\nCOPY $A /@\nRUN : @2\n",
    edit: replace("A=still", "A=stays"),
    foretold: ["0:3", "0:4"],
  },
  "ENV that changes places with another": {
    before: "FROM busybox AS @a\nRUN : @1\nENV A=1\nENV B=2\nRUN : @2\n",
    edit: replace("ENV A=1\nENV B=2", "ENV B=2\nENV A=1"),
    foretold: ["0:4"],
  },
  "ARG used from the first RUN after it": {
    before: "FROM busybox AS @a\nRUN : @1\nARG V\nCOPY still /@\nRUN : @2\n",
    edit: same,
    foretold: ["0:4"],
  },
  "ARG that no RUN follows": {
    before: "FROM busybox AS @a\nRUN : @1\nARG V\nCOPY still /@\n",
    edit: same,
    foretold: [],
  },
  "what only the image's configuration says": {
    before: "FROM busybox AS @a\nRUN : @1\nLABEL a=1\nEXPOSE 1\nCMD a\nRUN : @2\n",
    edit: (text) => text.replace("a=1", "a=2").replace("EXPOSE 1", "EXPOSE 2").replace("CMD a", "CMD b"),
    foretold: [],
  },
  USER: {
    before: "FROM busybox AS @a\nRUN : @1\nUSER 1\nCOPY still /@\nRUN : @2\n",
    edit: replace("USER 1", "USER 2"),
    foretold: ["0:4"],
  },
  SHELL: {
    before: 'FROM busybox AS @a\nRUN : @1\nSHELL ["/bin/sh", "-c"]\nRUN : @2\nRUN ["true", "@"]\n',
    edit: replace('"-c"', '"-ec"'),
    foretold: ["0:3", "0:4"],
  },
  WORKDIR: {
    before: "FROM busybox AS @a\nRUN : @1\nWORKDIR /w\nCOPY still .\nRUN : @2\n",
    edit: replace("/w", "/v"),
    foretold: ["0:2", "0:3", "0:4"],
  },
  "WORKDIR written another way": {
    before: "FROM busybox AS @a\nRUN : @1\nWORKDIR /w\nWORKDIR v\nRUN : @2\n",
    edit: replace("WORKDIR v", "WORKDIR /w/v"),
    foretold: [],
  },
  "a file": {
    before: "FROM busybox AS @a\nRUN : @1\nCOPY changing /@\nRUN : @2\n",
    edit: same,
    foretold: ["0:2", "0:3"],
  },
  "a file that nothing takes": {
    before: "FROM busybox AS @a\nRUN : @1\nCOPY still /@\nRUN : @2\n",
    edit: same,
    foretold: [],
  },
  "a cache that is not asked, and what copies from it": {
    before:
      "FROM busybox AS nocache\nRUN echo @ > /one\nFROM busybox AS @b\nCOPY --from=nocache /one /\nRUN : @2\n",
    edit: same,
    foretold: ["0:1", "1:1?", "1:2?"],
  },
  "ONBUILD of the base": {
    before: "FROM busybox AS @a\nRUN : @1\nONBUILD RUN : @2\nFROM @a AS @b\nRUN : @3\n",
    edit: replace("@2", "@two"),
    foretold: ["1:1"],
  },
  "a file of a bind mount": {
    before: "FROM busybox AS @a\nRUN --mount=target=/src cat /src/changing; : @1\nRUN : @2\n",
    edit: same,
    foretold: ["0:1", "0:2"],
  },
  "a stage that is mounted": {
    before:
      "FROM busybox AS @a\nRUN echo @ > /one\nFROM busybox AS @b\nRUN --mount=from=@a,target=/a cat /a/one; : @1\n",
    edit: replace("> /one", "> /one; : more"),
    foretold: ["0:1", "1:1?"],
  },
  "a heredoc": {
    before: "FROM busybox AS @a\nCOPY <<EOF /@\none %\nEOF\nRUN <<EOF\n: @1\nEOF\n",
    edit: replace("one", "two"),
    foretold: ["0:1", "0:2"],
    newer: true,
  },
  "COPY --link": {
    before: "FROM busybox AS @a\nRUN : @1\nCOPY --link still /@\nRUN : @2\n",
    edit: replace("@1", "@one"),
    foretold: ["0:1", "0:2", "0:3"],
    joined: ["0:1", "0:3"],
    newer: true,
  },
};

function record(dockerfile: string, chosen: BuildOptions, told: Told) {
  const state = reduceBuild(
    emptyBuild(),
    told.events.map((event, at) => ({ ...event, seq: at + 1, at: at + 1 })),
  );
  const files = listing();
  return {
    state,
    past: {
      id: "1",
      status: "succeeded" as const,
      createdAt: 0,
      startedAt: 0,
      endedAt: 1,
      options: chosen,
      text: dockerfile,
      figures: figuresOf({
        text: dockerfile,
        options: chosen,
        state,
        context: { entries: files, ignore: null },
      }),
    },
  };
}

let contents: Record<string, string> = {};
const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const listing = () =>
  Object.entries(contents).map(([path, content]) => ({
    path,
    kind: "file" as const,
    bytes: content.length,
    hash: hash(content),
  }));

/** Rows of steps that ran, those at a FROM and what only joins layers left out. */
function ranIn(state: BuildState): string[] {
  return state.stages.flatMap(({ index, steps }) =>
    Object.values(steps).flatMap(({ instruction, vertices }) => {
      const ran = vertices.some((digest) => {
        const { status, name } = state.vertices[digest]!;
        return status === "done" && !name.includes("] LINK ");
      });
      return ran && instruction > 0 ? [`${index}:${instruction}`] : [];
    }),
  );
}

onEveryEngine("the steps that an edit makes run", ({ host, folder, kind }) => {
  it("are foretold", async () => {
    const context = await folder();
    const put = async (files: Record<string, string>) => {
      contents = files;
      for (const [name, text] of Object.entries(files)) await writeFile(join(context, name), text);
    };
    const seed = fresh();
    const cases = Object.entries(CASES).filter(([, { newer, joined }]) => {
      // Its BuildKit is that of 28-overlay2: there is only what its store does in a way of its own.
      if (kind === "28-containerd") return joined !== undefined;
      return !(newer && kind === "20.10");
    });
    const write = (text: string, at: number) =>
      text
        .replaceAll("@", `c${at}`)
        .replaceAll("%", seed)
        .replace(/^(RUN (?:--mount=\S+ )?)(?!\[|<<)(.*)$/gm, `$1: ${seed}; $2`);
    const texts = (edited: boolean) => {
      const text = cases
        .map(([, { before, edit }], at) => write(edited ? edit(before) : before, at))
        .join("");
      // One stage that needs all others: only that is weighed, which is what takes long.
      const mounts = parseDockerfile(text).stages.map(({ name }) => `--mount=from=${name},target=/${name}`);
      return `${text}FROM busybox AS all\nRUN ${mounts.join(" ")} : ${seed}\n`;
    };
    const options = buildOptionsSchema.parse({ everyStage: false, buildArgs: { V: "1" } });
    const after = buildOptionsSchema.parse({
      everyStage: false,
      buildArgs: { V: "2" },
      noCacheStages: ["nocache"],
    });

    await put({ still: seed, stays: `${seed}!`, changing: `${seed}1` });
    const first = await build(host(), { dockerfile: texts(false), context, options });
    expect(first.finished).toEqual({ type: "finished", status: "succeeded" });
    const { past } = record(texts(false), options, first);

    await put({ still: seed, stays: `${seed}!`, changing: `${seed}2`, nobody: "new" });
    const tree = parseDockerfile(texts(true));
    const entries = listing();
    const files = takenFiles(
      tree,
      evaluationOf(after),
      contextTree(entries, null),
      new Map(entries.map(({ path, hash }) => [path, hash])),
    );
    const { steps } = new Forecaster([past]).forecast({ tree, options: after, files });
    const second = await build(host(), { dockerfile: texts(true), context, options: after });
    expect(second.finished).toEqual({ type: "finished", status: "succeeded" });
    const { state } = record(texts(true), after, second);
    const ran = new Set(ranIn(state));

    let stage = 0;
    const seen = cases.map(([title, { before, edit }]) => {
      const count = parseDockerfile(edit(before)).stages.length;
      const own = (at: number) => at >= stage && at < stage + count;
      const row = (at: number, instruction: number) => `${at - stage}:${instruction}`;
      const said = steps.filter((step) => own(step.stage) && step.outcome !== "cached");
      const result = {
        title,
        foretold: said.map(
          (step) => row(step.stage, step.instruction) + (step.outcome === "maybe" ? "?" : ""),
        ),
        missed: [...ran].filter((each) => {
          const [at, instruction] = each.split(":").map(Number) as [number, number];
          return own(at) && !said.some((step) => step.stage === at && step.instruction === instruction);
        }),
        wrong: said
          .filter((step) => step.outcome === "runs" && !ran.has(`${step.stage}:${step.instruction}`))
          .map((step) => row(step.stage, step.instruction)),
      };
      stage += count;
      return result;
    });
    expect(seen).toEqual(
      cases.map(([title, { foretold, joined }]) => ({
        title,
        foretold: (kind === "28-containerd" && joined) || foretold,
        missed: [],
        wrong: [],
      })),
    );
  });
});
