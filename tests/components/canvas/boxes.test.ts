import { expect, test } from "vitest";
import type { CardModel, RowModel } from "../../../components/canvas/models";
import { Boxes } from "../../../components/canvas/sight/boxes";

const row = (instruction: number, arrives: RowModel["arrives"] = null): RowModel => ({
  instruction,
  keyword: "RUN",
  text: "make",
  problem: null,
  arrives,
});

const card = (rows: number, part: Partial<CardModel> = {}): CardModel => ({
  id: "a",
  index: 0,
  name: "a",
  label: "a",
  baseText: "scratch",
  platform: null,
  comment: null,
  final: false,
  doubtful: false,
  collapsed: false,
  rows: Array.from({ length: rows }, (_, at) => row(at + 1)),
  commented: [],
  view: { notBuiltFor: null, base: null, replaced: false },
  ...part,
});

const measured = { width: 300, height: 500 };
const height = (one: CardModel) => new Boxes().of("a", one, false, undefined).measured?.height ?? 0;

test.each<[string, CardModel, higher: number]>([
  ["a row more", card(2), 24],
  ["a comment", card(1, { comment: "Builds it" }), 18],
  [
    "an instruction in a comment",
    card(1, { commented: [{ at: 1, startLine: 2, endLine: 2, keyword: "RUN", text: "x" }] }),
    22,
  ],
  ["folded", card(1, { collapsed: true }), -36],
])("a card out of sight is as high as what stands on it: %s", (_, one, higher) => {
  expect(height(one) - height(card(1))).toBe(higher);
});

test("it has a handle for each row where something arrives, between those of the card", () => {
  const one = card(2, { rows: [row(1), row(2, "copy")] });
  const { handles = [] } = new Boxes().of("a", one, false, undefined);
  expect(handles.map(({ id }) => id)).toEqual(["top", "row:2", "base", "files"]);
});

test("what is measured counts until the card changes out of sight", () => {
  const boxes = new Boxes();
  boxes.of("a", card(1), true, undefined);
  expect(boxes.of("a", card(1), true, measured)).toEqual({ measured });
  const kept = boxes.of("a", card(1), false, measured);
  expect(kept).toEqual({ measured });
  expect(boxes.of("a", card(1), false, measured)).toBe(kept);
  expect(boxes.of("a", card(3), false, measured).handles).toHaveLength(3);
});

test("what is always whole has no size before it is measured", () => {
  const boxes = new Boxes();
  expect(boxes.of("a", null, false, undefined)).toEqual({});
  expect(boxes.of("a", null, false, measured)).toEqual({ measured });
});
