import { expect, test } from "vitest";
import { numberChars } from "../../../components/code/number-chars";

test.each([
  [1, 3],
  [99, 3],
  [100, 4],
  [999, 4],
  [1000, 5],
  [12_345, 6],
])("the numbers of %i lines have room for %i digits", (lines, chars) => {
  expect(numberChars(lines)).toBe(chars);
});
