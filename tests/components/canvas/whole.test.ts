import { describe, expect, test } from "vitest";
import { type Card, cardsInSight, stepTowards } from "../../../components/canvas/sight/whole";

const card = (id: string, x: number, y = 0): Card => ({ id, x, y, width: 300, height: 300 });
const view = { x: 0, y: 0, width: 1000, height: 1000 };

describe("cards in sight", () => {
  test.each<[string, card: Card, wanted: boolean, kept: boolean]>([
    ["within the view", card("a", 350), true, true],
    ["partly within", card("a", 900), true, true],
    ["just outside, on the way in", card("a", 1150), true, true],
    ["further out, on the way out", card("a", 1300), false, true],
    ["well away", card("a", 1900), false, false],
    ["well above", card("a", 0, -1200), false, false],
  ])("%s", (_, one, wanted, kept) => {
    const found = cardsInSight([one], view);
    expect([found.wanted.includes("a"), found.kept.has("a")]).toEqual([wanted, kept]);
  });

  test("the nearest to the middle come first", () => {
    const cards = [card("edge", 0), card("middle", 350, 350), card("corner", 700, 700)];
    expect(cardsInSight(cards, view).wanted).toEqual(["middle", "edge", "corner"]);
  });
});

describe("a step", () => {
  const sight = (wanted: string[], kept = wanted) => ({ wanted, kept: new Set(kept) });
  const step = (whole: string[], seen: ReturnType<typeof sight>, workedOn: string[], few: number) =>
    [...stepTowards(new Set(whole), seen, new Set(workedOn), few)].sort();

  test.each<[string, before: string[], ReturnType<typeof sight>, on: string[], few: number, after: string[]]>(
    [
      ["a few come, in their order", [], sight(["c", "a", "b"]), [], 2, ["a", "c"]],
      ["a few go", ["a", "b", "c"], sight([]), [], 2, ["c"]],
      ["as many come as go", ["a", "b"], sight(["c", "d"]), [], 1, ["b", "c"]],
      ["what is kept stays, without being wanted", ["a"], sight(["b"], ["a", "b"]), [], 4, ["a", "b"]],
      ["what is worked on comes at once, however many", [], sight([]), ["a", "b", "c"], 1, ["a", "b", "c"]],
      ["and stays where nobody looks", ["a"], sight([]), ["a"], 4, ["a"]],
    ],
  )("%s", (_, before, seen, on, few, after) => {
    expect(step(before, seen, on, few)).toEqual(after);
  });

  test("nothing left to do is the same set", () => {
    const whole = new Set(["a"]);
    expect(stepTowards(whole, sight(["a"]), new Set(), 4)).toBe(whole);
  });
});
