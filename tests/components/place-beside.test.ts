import { expect, test } from "vitest";
import { placeBeside, type Side } from "@/components/ui/place-beside";

const ROOM = { width: 400, height: 300 };
const BOX = { width: 100, height: 20 };
const at = (left: number, top: number) => ({ left, top, right: left + 30, bottom: top + 30 });

test.each<[string, ReturnType<typeof at>, Side, { x: number; y: number }]>([
  ["below, in the middle", at(200, 100), "bottom", { x: 165, y: 136 }],
  ["above", at(200, 100), "top", { x: 165, y: 74 }],
  ["to the right", at(200, 100), "right", { x: 236, y: 105 }],
  ["to the left", at(200, 100), "left", { x: 94, y: 105 }],
  ["above where there is no room below", at(200, 265), "bottom", { x: 165, y: 239 }],
  ["below where there is no room above", at(200, 10), "top", { x: 165, y: 46 }],
  ["to the left where there is no room right", at(360, 100), "right", { x: 254, y: 105 }],
  ["moved in from the left edge", at(0, 100), "bottom", { x: 8, y: 136 }],
  ["moved in from the right edge", at(370, 100), "bottom", { x: 292, y: 136 }],
])("a small box stands %s", (_, anchor, side, place) => {
  expect(placeBeside(anchor, BOX, side, ROOM)).toEqual(place);
});
