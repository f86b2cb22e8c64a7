import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDockerfile } from "@/lib/dockerfile";
import { changesOf } from "@/lib/graph/compare/changes";
import { compareDockerfiles } from "@/lib/graph/compare/compare";
import type { ComparedStage, Comparison, Mark } from "@/lib/graph/compare/types";
import { applyEdits } from "@/lib/text";
import { changes, dockerfileLike, editsOf, sound } from "../../dockerfile/arbitraries";
import { fewerRuns, PATIENCE } from "../../laws";

/** A file, and what somebody made of it. */
const versions = fc
  .tuple(fc.oneof(sound, dockerfileLike), changes, fc.option(fc.oneof(sound, dockerfileLike)))
  .map(([before, edits, other]) => [before, other ?? applyEdits(before, editsOf(before, edits))] as const);

const compare = (before: string, after: string) =>
  compareDockerfiles(parseDockerfile(before), parseDockerfile(after));

const MIRRORED: Readonly<Record<Mark, Mark>> = {
  same: "same",
  added: "removed",
  removed: "added",
  changed: "changed",
  moved: "moved",
};

/** All that a comparison says, whatever order it says it in; from the other side where it is mirrored. */
function facts({ top, stages, images, edges }: Comparison, mirrored: boolean): string[] {
  const say = (mark: Mark) => (mirrored ? MIRRORED[mark] : mark);
  const sides = <T>(of: { before: T; after: T }): [T, T] =>
    mirrored ? [of.after, of.before] : [of.before, of.after];
  const stageName = (of: Pick<ComparedStage, "before" | "after">) =>
    sides(of)
      .map((node) => node?.index)
      .join(">");
  const names = new Map(stages.map((stage) => [stage.id, stageName(stage)]));
  const nameOf = (id: string) => names.get(id) ?? id;
  return [
    ...top.map((line) => JSON.stringify(["top", say(line.mark), sides(line)])),
    ...stages.flatMap((stage) => [
      JSON.stringify(["stage", nameOf(stage.id), say(stage.mark), stage.head]),
      ...stage.rows.map((row) => {
        const places = sides(row).map((each) => each?.instruction);
        return JSON.stringify([
          "row",
          nameOf(stage.id),
          say(row.mark),
          places,
          row.elsewhere && nameOf(row.elsewhere),
        ]);
      }),
    ]),
    ...images.map(({ ref, mark }) => JSON.stringify(["image", ref, say(mark)])),
    ...edges.map((edge) => {
      const lines = sides(edge).map((each) => each?.lineInStage);
      return JSON.stringify([
        "edge",
        say(edge.mark),
        edge.kind,
        nameOf(edge.source),
        nameOf(edge.target),
        lines,
      ]);
    }),
  ].sort();
}

describe("laws of comparing", PATIENCE, () => {
  it("finds nothing between a file and itself", () => {
    fc.assert(
      fc.property(fc.oneof(sound, dockerfileLike), (text) => {
        const comparison = compare(text, text);
        const { top, stages, images, edges } = comparison;
        const marks = [top, stages, stages.flatMap(({ rows }) => rows), images, edges]
          .flat()
          .map(({ mark }) => mark);
        expect(new Set(marks).size <= 1 && (marks[0] ?? "same")).toBe("same");
        expect(changesOf(comparison)).toEqual([]);
      }),
      fewerRuns(8),
    );
  });

  it("finds from the other side the same, the other way round", () => {
    fc.assert(
      fc.property(versions, ([before, after]) => {
        expect(facts(compare(after, before), true)).toEqual(facts(compare(before, after), false));
      }),
      fewerRuns(8),
    );
  });

  it("shows every stage and every instruction of both, once", () => {
    fc.assert(
      fc.property(versions, ([before, after]) => {
        const { stages } = compare(before, after);
        for (const [side, text] of [
          ["before", before],
          ["after", after],
        ] as const) {
          const shown = stages.flatMap((stage) => (stage[side] ? [stage] : []));
          const found = shown.map((stage) => [
            stage[side]!.index,
            stage.rows.flatMap((row) => (row[side] ? [row[side].instruction] : [])).sort((a, b) => a - b),
          ]);
          const there = parseDockerfile(text).stages.map(({ index, instructions }) => [
            index,
            instructions.slice(1).map(({ indexInStage }) => indexInStage),
          ]);
          expect(found.sort(([a], [b]) => Number(a) - Number(b))).toEqual(there);
        }
      }),
      fewerRuns(8),
    );
  });

  it("lists each change under an id of its own", () => {
    fc.assert(
      fc.property(versions, ([before, after]) => {
        const ids = changesOf(compare(before, after)).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      fewerRuns(8),
    );
  });
});
