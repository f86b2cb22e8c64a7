import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDockerfile } from "@/lib/dockerfile";
import { moveStages, type TrackedStage, trackStages } from "@/lib/graph/identity";
import { diffToEdit, type TextEdit } from "@/lib/text";
import { PATIENCE, RUNS } from "../laws";

const found = (text: string) =>
  parseDockerfile(text).stages.map(({ range, name, index }) => ({ start: range.start, name, index }));

function track(previous: TrackedStage[], edits: TextEdit[], text: string, remembered: TrackedStage[] = []) {
  let next = 0;
  return trackStages(
    previous,
    edits,
    () => remembered,
    found(text),
    () => `new${next++}`,
  );
}

const idsOf = (stages: TrackedStage[]) => stages.map(({ id }) => id);

const THREE = "FROM a AS one\nRUN x\nFROM b\nRUN y\nFROM c AS three\nRUN z\n";

describe("a stage is the same one after", () => {
  test.each<{ what: string; to: string; ids: string[] }>([
    { what: "typing before it", to: `# hello\n${THREE}`, ids: ["one", "two", "three"] },
    { what: "typing within it", to: THREE.replace("RUN y", "RUN yes"), ids: ["one", "two", "three"] },
    { what: "a new name", to: THREE.replace("AS one", "AS first"), ids: ["one", "two", "three"] },
    { what: "a new base", to: THREE.replace("FROM b", "FROM bb"), ids: ["one", "two", "three"] },
    { what: "a stage put in front", to: `FROM z\n${THREE}`, ids: ["new0", "one", "two", "three"] },
    {
      what: "a stage put between",
      to: THREE.replace("FROM c", "FROM z\nFROM c"),
      ids: ["one", "two", "new0", "three"],
    },
    { what: "one taken away", to: THREE.replace("FROM b\nRUN y\n", ""), ids: ["one", "three"] },
    { what: "a stage added at the end", to: `${THREE}FROM d\n`, ids: ["one", "two", "three", "new0"] },
    {
      what: "the whole text retyped with the same names",
      to: "FROM q AS three\nFROM r AS one\n",
      ids: ["three", "one"],
    },
  ])("$what", ({ to, ids }) => {
    const names = ["one", "two", "three"];
    let next = 0;
    const before = trackStages(
      [],
      [],
      () => [],
      found(THREE),
      () => names[next++]!,
    );
    const edit = diffToEdit(THREE, to);
    expect(idsOf(track(before, edit ? [edit] : [], to))).toEqual(ids);
  });
});

test("a stage that comes back by undo has its old id", () => {
  const remembered: TrackedStage[] = [{ id: "old", start: 0, name: "one", index: 0 }];
  expect(idsOf(track([], [], "FROM a AS one\n", remembered))).toEqual(["old"]);
});

test("ids are never given twice", () => {
  const twins: TrackedStage[] = [
    { id: "x", start: 0, name: "one", index: 0 },
    { id: "x", start: 20, name: "one", index: 1 },
  ];
  const ids = idsOf(track(twins, [], "FROM a AS one\nFROM b AS one\n"));
  expect(new Set(ids).size).toBe(2);
});

test("places in the document are asked for only where something is left to explain", () => {
  const before = trackStages(
    [],
    [],
    () => [],
    found(THREE),
    () => crypto.randomUUID(),
  );
  const remembered = () => {
    throw new Error("asked");
  };
  const typed = [{ start: THREE.indexOf("RUN y"), end: THREE.indexOf("RUN y"), text: "RUN more\n" }];
  const text = THREE.replace("RUN y", "RUN more\nRUN y");
  expect(idsOf(trackStages(before, typed, remembered, found(text), () => "new"))).toEqual(idsOf(before));
});

/** What trackStages is to do, one comparison after the other. */
function slowly(
  previous: TrackedStage[],
  edits: TextEdit[],
  remembered: TrackedStage[],
  now: ReturnType<typeof found>,
) {
  const ids: (string | undefined)[] = now.map(() => undefined);
  const claim = (olds: TrackedStage[], same: (old: TrackedStage, stage: (typeof now)[number]) => boolean) => {
    for (const old of olds) {
      if (ids.includes(old.id)) continue;
      const at = now.findIndex((stage, i) => ids[i] === undefined && same(old, stage));
      if (at >= 0) ids[at] = old.id;
    }
  };
  const moved = moveStages(previous, edits);
  for (const olds of [moved, remembered]) {
    claim(olds, (old, stage) => old.start === stage.start && old.name === stage.name);
    claim(olds, (old, stage) => old.name !== null && old.name === stage.name);
    claim(olds, (old, stage) => old.start === stage.start);
  }
  if (previous.length === now.length) claim(moved, (old, stage) => old.index === stage.index);
  if (previous.length === 0) claim(remembered, (old, stage) => old.index === stage.index);
  return ids.map((id) => id ?? "new");
}

test("stages are told apart as by comparing each with each", { timeout: PATIENCE.timeout }, () => {
  const stage = fc.record({ start: fc.integer({ min: -1, max: 6 }), name: fc.constantFrom("a", "b", null) });
  const list = fc.array(stage, { maxLength: 5 });
  const tracked = (stages: { start: number; name: string | null }[], id: string): TrackedStage[] =>
    stages.map((each, index) => ({ ...each, index, id: `${id}${index}` }));
  const starts = fc.uniqueArray(fc.nat(6), { maxLength: 5 });
  const names = fc.array(fc.constantFrom("a", "b", null), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(list, list, starts, names, (before, places, at, called) => {
      const now = at
        .toSorted((a, b) => a - b)
        .map((start, index) => ({ start, name: called[index]!, index }));
      const [previous, remembered] = [tracked(before, "was"), tracked(places, "place")];
      const ids = trackStages(
        previous,
        [],
        () => remembered,
        now,
        () => "new",
      ).map(({ id }) => id);
      expect(ids).toEqual(slowly(previous, [], remembered, now));
    }),
    RUNS,
  );
});
