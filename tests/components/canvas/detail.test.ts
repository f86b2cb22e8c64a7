import { expect, test } from "vitest";
import { type Detail, detailAt, EVERYTHING, nameScale, refScale } from "../../../components/canvas/detail";

const names = (textScale: number): Detail => ({ shows: "names", textScale });

test.each<[string, zoom: number, before: Detail, after: Detail]>([
  ["close by, everything", 1, EVERYTHING, EVERYTHING],
  ["just above the border, still everything", 0.43, EVERYTHING, EVERYTHING],
  ["below it, names", 0.4, EVERYTHING, names(2 ** 1.5)],
  ["back a little, still names", 0.45, names(2 ** 1.5), names(2 ** 1.5)],
  ["back above the other border, everything", 0.49, names(2 ** 1.5), EVERYTHING],
  ["a little further out, no other size", 0.31, names(2 ** 1.5), names(2 ** 1.5)],
  ["clearly further out, larger", 0.25, names(2 ** 1.5), names(4)],
  ["never larger than a card can hold", 0.08, names(4), names(4.5)],
])("%s", (_, zoom, before, after) => {
  expect(detailAt(zoom, before)).toEqual(after);
});

test("the largest size stays as it is while it is the largest", () => {
  let detail = detailAt(0.1, EVERYTHING);
  for (const zoom of [0.09, 0.08, 0.1, 0.12]) {
    const next = detailAt(zoom, detail);
    expect(next).toEqual(names(4.5));
    detail = next;
  }
});

test.each([
  ["a short name is as large as any", "app", undefined, 4.5],
  ["one word, as large as a line holds it", "described", undefined, 3],
  ["two words in one line rather than smaller in two", "prod-deps", undefined, 3],
  ["as many lines as there is room for", "cni-plugins-export-squashed", undefined, 1.75],
  ["in a high card they are larger", "cni-plugins-export-squashed", 300, 3.5],
  ["a very long word is broken before it gets too small", "averyveryverylongproductionname", undefined, 1.75],
  ["no name", "", undefined, 4.5],
])("far out, %s", (_, name, room, scale) => {
  expect(nameScale(name, room)).toBe(scale);
});

test.each([
  ["alpine", "alpine", 2.2],
  ["php:8.5-apache", "php:8.5-apache", 1.7],
  ["docker.io/library/composer:2.10", "composer:2.10", 2.2],
  ["minio:RELEASE.2025-09-07T16-13-09Z", "minio:RELEASE.2025-09-07T16-13-09Z", 1.2],
])("far out, %j is called %j at %f times its size", (image, name, scale) => {
  expect(refScale(image, name)).toBe(scale);
});
