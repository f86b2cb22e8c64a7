import { expect, test } from "vitest";
import { textDifference } from "../../../components/canvas/extraction/text-difference";
import type { TextEdit } from "../../../lib/text";

const TEXT = "a\nb\nc\nd\ne\nf\ng\n";
const SIGNS = { gone: "-", new: "+", same: " ", gap: "…" };
const shown = (before: string, edits: TextEdit[]) =>
  textDifference(before, edits).map(({ kind, line, text }) => `${SIGNS[kind]}${line || ""}${text}`);

test.each<[name: string, edits: TextEdit[], lines: string[]]>([
  ["nothing", [], []],
  ["a word", [{ start: 6, end: 7, text: "D" }], ["…", " 3c", "-4d", "+4D", " 5e", "…"]],
  ["a line more", [{ start: 6, end: 6, text: "x\n" }], ["…", " 3c", "+4x", " 5d", "…"]],
  ["a line less", [{ start: 6, end: 8, text: "" }], ["…", " 3c", "-4d", " 4e", "…"]],
  [
    "two places",
    [
      { start: 0, end: 0, text: "x\n" },
      { start: 12, end: 13, text: "G" },
    ],
    ["+1x", " 2a", "…", " 7f", "-7g", "+8G"],
  ],
  [
    "neighbours",
    [
      { start: 0, end: 1, text: "A" },
      { start: 2, end: 3, text: "B" },
    ],
    ["-1a", "+1A", "-2b", "+2B", " 3c", "…"],
  ],
  ["the end", [{ start: 14, end: 14, text: "h\n" }], ["…", " 7g", "+8h"]],
])("%s", (_, edits, lines) => {
  expect(shown(TEXT, edits)).toEqual(lines);
});
