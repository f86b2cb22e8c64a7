import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Dockerfile,
  type Instruction,
  linesMoved,
  parseDockerfile,
  reparse,
  resolveBuild,
  type Stage,
  type StageReference,
} from "../../lib/dockerfile";
import type { InstructionNode } from "../../lib/dockerfile/node";
import { applyEdits, diffToEdit, type TextEdit } from "../../lib/text";
import { PATIENCE, RUNS } from "../laws";
import { expectSame } from "../same";
import { changes, dockerfileLike, editsOf, small } from "./arbitraries";

/** All that a tree says, as plain data. Where it says an instruction for a second time that is its index. */
function plain(tree: Dockerfile): unknown {
  const { source, directives, globalArgs, instructions, stages, edges, diagnostics } = tree;
  const { emptyContinuations, accepted, error, graphError, lines } = tree;
  const starts = Array.from({ length: lines.lineCount }, (_, at) => [
    lines.lineStart(at + 1),
    lines.lineEnd(at + 1),
  ]);
  const indexes = new Map(instructions.map((node, index) => [node, index]));
  const indexOf = (node: Instruction) => indexes.get(node) ?? "another";
  const reference = (each: StageReference) => ({ ...each, instruction: indexOf(each.instruction) });
  return {
    ...{ source, escape: tree.escape, directives, diagnostics, starts },
    ...{ emptyContinuations, accepted, error, graphError },
    globalArgs: globalArgs.map(indexOf),
    instructions: instructions.map(plainInstruction),
    edges: edges.map((edge) => ({ ...edge, reference: reference(edge.reference) })),
    stages: stages.map((stage) => {
      const { index, name, nameRange, baseText, baseRange, platform, range, comment } = stage;
      return {
        ...{ index, name, nameRange, baseText, baseRange, platform, range, comment },
        ...{ startLine: stage.startLine, endLine: stage.endLine },
        instructions: stage.instructions.map(indexOf),
        references: [stage.base, ...stage.copies, ...stage.mounts].map(reference),
      };
    }),
  };
}

function plainInstruction(node: Instruction): unknown {
  const { keyword, range, keywordRange, startLine, endLine, flags, heredocs, args, json } = node;
  const { stage, indexInStage, text, comments, trigger } = node;
  const { line, argsRange } = node as InstructionNode;
  return {
    ...{ keyword, range, keywordRange, startLine, endLine, flags, heredocs, args, json },
    ...{ stage, indexInStage, text, comments, argsRange, place: line.range(0, line.text.length) },
    trigger: trigger && plainInstruction(trigger),
  };
}

function check(before: string, rounds: { at: number; length: number; text: string }[][]): void {
  let tree = parseDockerfile(before);
  let said = JSON.stringify(plain(tree));
  for (const round of rounds) {
    const edits = editsOf(tree.source, round);
    const next = reparse(tree, edits);
    expect(next.source).toBe(applyEdits(tree.source, edits));
    const now = plain(next);
    expectSame(now, plain(parseDockerfile(next.source)));
    expect(JSON.stringify(plain(tree))).toBe(said);
    tree = next;
    said = JSON.stringify(now);
  }
}

/** What a build of the last stage is made of. */
function plainBuild(tree: Dockerfile): unknown {
  const { stages, target, error } = resolveBuild(tree);
  return {
    target,
    error,
    stages: stages.map(({ base, copies, mounts, needed }) => ({ base, copies, mounts, needed })),
  };
}

/** What was read of each instruction, wherever it stands. */
const contents = ({ instructions }: Dockerfile) =>
  instructions.map((node) => (node as never as { content: unknown }).content);

describe("reading again what changed", PATIENCE, () => {
  it("is the same as reading all, edit after edit, and leaves the old tree as it was", () => {
    fc.assert(fc.property(small, fc.array(changes, { minLength: 1, maxLength: 3 }), check), RUNS);
  });

  it("is so on noise, too", () => {
    fc.assert(fc.property(dockerfileLike, fc.array(changes, { minLength: 1, maxLength: 3 }), check), RUNS);
  });

  it("finds what references mean when stages are called otherwise, one after the other", () => {
    const word = fc.constantFrom("a", "b", "A", "img", "3", "scratch");
    const base = fc.constantFrom("a", "b", "A", "img", "$V");
    const named = fc.constantFrom("", " AS a", " AS b", " AS C", " AS scratch");
    const use = fc.oneof(
      word.map((from) => `COPY --from=${from} /x /y`),
      word.map((from) => `RUN --mount=from=${from},target=/m x`),
      fc.constant("RUN --mount=target=/m x"),
      fc.constant("ONBUILD COPY --from=5 /x /y"),
    );
    const stage = fc.record({ base, named, uses: fc.array(use, { maxLength: 3 }) });
    const renames = fc.array(fc.tuple(fc.nat(2), named), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(stage, { minLength: 2, maxLength: 3 }), renames, (stages, renames) => {
        const text = () =>
          `ARG V=b\n${stages.map(({ base, named, uses }) => [`FROM ${base}${named}`, ...uses, ""].join("\n")).join("")}`;
        let tree = parseDockerfile(text());
        for (const [at, named] of renames) {
          stages[at % stages.length]!.named = named;
          const edit = diffToEdit(tree.source, text());
          if (edit) tree = reparse(tree, [edit]);
          const anew = parseDockerfile(text());
          expectSame(plain(tree), plain(anew));
          expectSame(plainBuild(tree), plainBuild(anew));
        }
      }),
      RUNS,
    );
  });

  it.each([
    {
      what: "a number counts the images that are named",
      before: "FROM i AS a\nFROM i AS b\nCOPY --from=a / /\nCOPY --from=i / /\nCOPY --from=2 / /\n",
      renames: ["AS a>AS c"],
    },
    {
      what: "it does so after another rename, too",
      before: "FROM i AS a\nFROM i AS b\nCOPY --from=a / /\nCOPY --from=i / /\nCOPY --from=2 / /\n",
      renames: ["AS b>AS d", "AS a>AS c"],
    },
    {
      what: "a mount that names nothing closes a circle",
      before: "FROM i AS a\nRUN --mount=target=/m x\nFROM i AS scratch\nCOPY --from=b / /\n",
      renames: ["AS a>AS b"],
    },
  ])("finds what references mean where $what", ({ before, renames }) => {
    let tree = parseDockerfile(before);
    for (const [from, to] of renames.map((each) => each.split(">") as [string, string])) {
      tree = reparse(tree, [diffToEdit(tree.source, tree.source.replace(from, to)) as TextEdit]);
      expectSame(plain(tree), plain(parseDockerfile(tree.source)));
    }
  });

  const THREE =
    "ARG V=1\nFROM a AS one\nRUN x\nRUN y\nRUN z\nFROM one AS two\nCOPY --from=one /a /b\nFROM b\nCOPY --from=two /c /d\n";

  it.each([
    {
      what: "an argument retyped",
      from: "RUN y",
      to: "RUN Y",
      same: [0, 1, 2, 4, 5, 6, 7, 8],
      stages: [1, 2],
    },
    {
      what: "an argument made longer",
      from: "RUN y",
      to: "RUN yy",
      same: [0, 1, 2, 4, 5, 6, 7, 8],
      stages: [],
    },
    {
      what: "a stage that nobody names",
      from: "FROM b",
      to: "FROM c",
      same: [0, 1, 2, 3, 4, 5, 6, 8],
      stages: [0, 1],
    },
    {
      what: "another source",
      from: "from=two",
      to: "from=one",
      same: [0, 1, 2, 3, 4, 5, 6, 7],
      stages: [0, 1],
    },
    { what: "a stage renamed", from: "AS one", to: "AS two", same: [0, 2, 3, 4, 5, 6, 7, 8], stages: [2] },
  ])("takes over what $what leaves alone", ({ from, to, same, stages }) => {
    const tree = parseDockerfile(THREE);
    const next = reparse(tree, [diffToEdit(THREE, THREE.replace(from, to)) as TextEdit]);
    const kept = (now: readonly unknown[], before: readonly unknown[]) =>
      now.flatMap((each, index) => (each === before[index] ? [index] : []));
    expect(kept(contents(next), contents(tree))).toEqual(same);
    expect(kept(next.stages, tree.stages)).toEqual(stages);
  });

  it.each([
    { what: "behind it", from: "RUN y", to: "RUN yy", same: [0, 1, 2, 4] },
    { what: "before it", from: "FROM a", to: "FROM abc", same: [1, 2, 3, 4] },
    { what: "that nearly ends it", from: "RUN y", to: " EOF", same: [0, 1, 2, 4] },
    { what: "that ends it", from: "RUN y", to: "EOF", same: [] },
  ])("reads no more of a text with an open heredoc after an edit $what", ({ from, to, same }) => {
    const before = "FROM a\nRUN <<EOF\nRUN x\nRUN y\nRUN z\n";
    const tree = parseDockerfile(before);
    const next = reparse(tree, [diffToEdit(before, before.replace(from, to)) as TextEdit]);
    const old = contents(tree);
    expect(contents(next).flatMap((each) => (old.includes(each) ? [old.indexOf(each)] : []))).toEqual(same);
    expect(next.error).toEqual(parseDockerfile(next.source).error);
  });

  it("shares what was read of an instruction that only moves", () => {
    const before = "FROM a\nRUN x\nRUN y\nRUN z\n";
    const tree = parseDockerfile(before);
    const next = reparse(tree, [{ start: 17, end: 18, text: "\\\nlong" }]);
    expect(contents(next).map((content, index) => content === contents(tree)[index])).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(next.instructions[3]).toMatchObject({ startLine: 5, range: { start: 24, end: 29 } });
  });

  it.each([
    { what: "typed after it", from: "RUN z", to: "RUN zz", lines: [null, 0, 0] },
    { what: "a line put in", from: "RUN z", to: "RUN z\nRUN q", lines: [null, 1, 1] },
    { what: "another meaning of a name", from: "AS two", to: "AS one", lines: [0, null, null] },
    { what: "a stage put before", from: "FROM a", to: "FROM q\nFROM a", lines: [null, null, null] },
  ])("tells how far stages moved: $what", ({ from, to, lines }) => {
    const tree = parseDockerfile(THREE);
    const next = reparse(tree, [diffToEdit(THREE, THREE.replace(from, to)) as TextEdit]);
    expect(tree.stages.map((stage, index) => linesMoved(stage, next.stages[index] as Stage))).toEqual(lines);
  });
});
