import fc from "fast-check";
import { expect, test } from "vitest";
import { closeFile, openFile } from "@/lib/share/file-format";
import { PATIENCE, RUNS } from "../laws";

test.each([
  ["LF", "a\nb\n", "a\nb\n", { eol: "lf", bom: false }, false],
  ["CRLF", "a\r\nb\r\n", "a\nb\n", { eol: "crlf", bom: false }, false],
  ["CRLF and no last newline", "a\r\nb", "a\nb", { eol: "crlf", bom: false }, false],
  ["a byte order mark", "\uFEFFa\n", "a\n", { eol: "lf", bom: true }, false],
  ["both", "\uFEFFa\r\n", "a\n", { eol: "crlf", bom: true }, false],
  ["one line", "FROM a", "FROM a", { eol: "lf", bom: false }, false],
  ["nothing", "", "", { eol: "lf", bom: false }, false],
  ["mixed endings", "a\r\nb\n", "a\r\nb\n", { eol: "lf", bom: false }, true],
  ["a lone CR", "a\rb\r\n", "a\rb\r\n", { eol: "lf", bom: false }, true],
  ["a doubled CR", "a\r\r\n", "a\r\r\n", { eol: "lf", bom: false }, true],
])("a file with %s", (_what, content, text, format, mixed) => {
  expect(openFile(content)).toEqual({ text, format, mixed });
});

test("every file leaves as it came", PATIENCE, () => {
  const piece = fc.constantFrom("\uFEFF", "\r", "\n", "\r\n", "FROM a", " ", "ü");
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join("")),
      (content) => {
        const { text, format } = openFile(content);
        expect(closeFile(text, format)).toBe(content);
      },
    ),
    RUNS,
  );
});
