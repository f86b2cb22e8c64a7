import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Dockerfile,
  type DockerfileEdit,
  parseDockerfile,
  planEdit,
  type Source,
} from "../../lib/dockerfile";
import { applyEdits, invertEdits } from "../../lib/text";
import { PATIENCE, RUNS } from "../laws";
import { dockerfileLike, sound } from "./arbitraries";

const index = fc.nat(5);
const source: fc.Arbitrary<Source> = fc.oneof(
  index.map((at): Source => ({ kind: "stage", index: at })),
  fc
    .constantFrom("nginx", "r.io:5000/a/b@sha256:00", "scratch", "s0", "0", "$V")
    .map((ref): Source => ({ kind: "image", ref })),
);
const name = fc.constantFrom("fresh", "s0", "S1", "x-1.y_z", "scratch", "1x", "image0");
const instruction = fc.constantFrom(
  "RUN ls",
  "COPY a b",
  "RUN <<E\nx\nE",
  "WORKDIR /x",
  "RNU x",
  "RUN a \\",
  "FROM x",
  "",
);
const path = fc.constantFrom("/a", "b c", ".", "", "--x", "[x", "$Y");
const paths = fc.array(path, { minLength: 1, maxLength: 3 });

const flag = fc.constantFrom("link", "chown", "network", "platform", "from", "x");
const flagValue = fc.constantFrom(null, "", "1:1", "none", "linux/arm64", "a b", `a"b`, "a\\b");

const anyEdit: fc.Arbitrary<DockerfileEdit> = fc.oneof(
  fc.record({
    type: fc.constant("addStage" as const),
    base: fc.constantFrom("a", "s0", "$V", "scratch"),
    name,
    after: fc.integer({ min: -2, max: 5 }),
  }),
  fc.record({ type: fc.constant("removeStage" as const), stage: index }),
  fc.record({
    type: fc.constant("renameStage" as const),
    stage: index,
    name: fc.oneof(name, fc.constant("")),
  }),
  fc.record({ type: fc.constant("moveStage" as const), stage: index, to: index }),
  fc.record({ type: fc.constant("duplicateStage" as const), stage: index, name }),
  fc.record({ type: fc.constant("setBase" as const), stage: index, base: source }),
  fc.record({
    type: fc.constant("setPlatform" as const),
    stage: index,
    platform: fc.constantFrom(null, "linux/arm64", "x x", "$P"),
  }),
  fc.record({
    type: fc.constant("addCopy" as const),
    stage: index,
    from: source,
    sources: paths,
    destination: path,
  }),
  fc.record({
    type: fc.constant("setCopyPaths" as const),
    stage: index,
    instruction: index,
    sources: paths,
    destination: path,
  }),
  fc.record({ type: fc.constant("removeInstruction" as const), stage: index, instruction: index }),
  fc.record({
    type: fc.constant("retargetReference" as const),
    stage: index,
    instruction: index,
    reference: fc.nat(1),
    to: source,
  }),
  fc.record({ type: fc.constant("insertInstruction" as const), stage: index, at: index, text: instruction }),
  fc.record({
    type: fc.constant("replaceInstruction" as const),
    stage: index,
    instruction: index,
    text: instruction,
  }),
  fc.record({
    type: fc.constant("moveInstruction" as const),
    from: fc.record({ stage: index, instruction: index }),
    to: fc.record({ stage: index, at: index }),
  }),
  fc.record({ type: fc.constant("extractStage" as const), stage: index, from: index, to: index, name }),
  fc.record({ type: fc.constant("inlineStage" as const), stage: index }),
  fc.record({ type: fc.constant("nameReferences" as const) }),
  fc.record({
    type: fc.constant("setFlag" as const),
    stage: index,
    instruction: index,
    flag,
    value: flagValue,
  }),
  fc.record({
    type: fc.constant("setDirective" as const),
    name: fc.constantFrom("syntax" as const, "escape" as const, "check" as const),
    value: fc.constantFrom(null, "docker/dockerfile:1", "`", "\\", "skip=all", ""),
  }),
  fc.record(
    {
      type: fc.constant("addMount" as const),
      stage: index,
      instruction: index,
      options: fc.array(
        fc.tuple(
          fc.constantFrom("type", "target", "id", "ro", "x,y"),
          fc.constantFrom("bind", "cache", "/x", "a,b", null),
        ),
        { maxLength: 3 },
      ),
      from: source,
    },
    { requiredKeys: ["type", "stage", "instruction", "options"] },
  ),
  fc.record({
    type: fc.constant("removeMount" as const),
    stage: index,
    instruction: index,
    mount: fc.nat(1),
  }),
  fc.record({ type: fc.constant("commentOut" as const), stage: index, instruction: index }),
  fc.record({ type: fc.constant("uncomment" as const), stage: index, line: fc.nat(12) }),
);

function graph(tree: Dockerfile) {
  return tree.stages.map((stage) => ({
    name: stage.name,
    base: stage.base.target,
    uses: [...stage.copies, ...stage.mounts].map((use) => use.target),
  }));
}

function tryEdit(before: string, edit: DockerfileEdit) {
  const tree = parseDockerfile(before);
  const result = planEdit(tree, edit);
  return result.ok ? { tree, result, after: applyEdits(before, result.edits) } : null;
}

describe("laws of edits", PATIENCE, () => {
  it("the generator makes files that BuildKit takes", () => {
    fc.assert(
      fc.property(sound, (before) => {
        const tree = parseDockerfile(before);
        expect(tree.diagnostics.filter((each) => each.severity === "error")).toEqual([]);
      }),
      RUNS,
    );
  });

  it("an edit never throws, also on noise", () => {
    fc.assert(
      fc.property(dockerfileLike, anyEdit, (before, edit) => {
        const result = planEdit(parseDockerfile(before), edit);
        if (!result.ok) expect(result.reason).not.toBe("");
      }),
      RUNS,
    );
  });

  it("has an inverse, changes nothing outside its ranges, and leaves a file that BuildKit takes as it was laid out", () => {
    fc.assert(
      fc.property(sound, anyEdit, (before, edit) => {
        const done = tryEdit(before, edit);
        fc.pre(done !== null);
        const { result, after } = done;
        expect(applyEdits(after, invertEdits(before, result.edits))).toBe(before);
        let from = 0;
        let to = 0;
        for (const change of result.edits) {
          expect(after.slice(to, to + change.start - from)).toBe(before.slice(from, change.start));
          to += change.start - from + change.text.length;
          from = change.end;
        }
        expect(after.slice(to)).toBe(before.slice(from));
        expect(parseDockerfile(after).diagnostics.filter((each) => each.severity === "error")).toEqual([]);
        if (before.includes("\r\n")) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
        else expect(after).not.toContain("\r");
        if (before.includes("\n") && after.includes("\n")) {
          expect(after.endsWith("\n")).toBe(before.endsWith("\n"));
        }
      }),
      RUNS,
    );
  });

  it("a rename changes the name alone, and there and back is the identity", () => {
    fc.assert(
      fc.property(sound, index, (before, at) => {
        const done = tryEdit(before, { type: "renameStage", stage: at, name: "fresh" });
        fc.pre(done !== null);
        const expected = graph(done.tree);
        const old = done.tree.stages[at]?.name ?? "";
        (expected[at] as { name: string | null }).name = "fresh";
        expect(graph(parseDockerfile(done.after))).toEqual(expected);
        const back = tryEdit(done.after, { type: "renameStage", stage: at, name: old });
        expect(back?.after).toBe(before);
      }),
      RUNS,
    );
  });

  it("an instruction commented out and in again is the text as it was", () => {
    fc.assert(
      fc.property(sound, index, fc.integer({ min: 1, max: 5 }), (before, stage, instruction) => {
        const done = tryEdit(before, { type: "commentOut", stage, instruction });
        fc.pre(done !== null);
        const { startLine, text, keywordRange } = done.tree.stages[stage]!.instructions[instruction]!;
        const written = before.slice(keywordRange.start, keywordRange.end);
        fc.pre(text !== "" && written === written.toUpperCase());
        const back = tryEdit(done.after, { type: "uncomment", stage, line: startLine });
        expect(back?.after).toBe(before);
      }),
      RUNS,
    );
  });

  it("a stage moved there and back is the same graph", () => {
    fc.assert(
      fc.property(sound, index, index, (before, from, to) => {
        const done = tryEdit(before, { type: "moveStage", stage: from, to });
        fc.pre(done !== null && from !== to);
        const back = tryEdit(done.after, { type: "moveStage", stage: to, to: from });
        expect(back).not.toBeNull();
        expect(graph(parseDockerfile(back?.after ?? ""))).toEqual(graph(done.tree));
      }),
      RUNS,
    );
  });
});
