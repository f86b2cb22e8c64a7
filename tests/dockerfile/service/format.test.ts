import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDockerfile } from "../../../lib/dockerfile";
import { formatDockerfile } from "../../../lib/dockerfile/service";
import { meaning } from "../../../lib/dockerfile/service/format";
import { applyEdits } from "../../../lib/text";
import { PATIENCE, RUNS } from "../../laws";
import { dockerfileLike } from "../arbitraries";

function format(source: string): string {
  return applyEdits(source, formatDockerfile(parseDockerfile(source)));
}

const FORMATTED: [what: string, before: string, after: string][] = [
  ["words and ends", "  FROM   a  AS  b  \nRUN    x  y  \n", "FROM a AS b\nRUN x  y\n"],
  ["flags", "FROM a\nCOPY   --link   --from=b   /x   /y", "FROM a\nCOPY --link --from=b /x /y\n"],
  ["stages apart", "FROM a\nFROM b\n# of c\nFROM c\n", "FROM a\n\nFROM b\n\n# of c\nFROM c\n"],
  ["too many blank lines", "FROM a\n\n\n\nRUN b\n\n\nFROM c\n\n\n", "FROM a\n\nRUN b\n\nFROM c\n"],
  [
    "continuations of pairs",
    "FROM a\nENV A=1   \\  \n  B=2 \\\n# why\n\t\tC=3\n",
    "FROM a\nENV A=1 \\\n    B=2 \\\n    # why\n    C=3\n",
  ],
  ["pairs on a line", "FROM a\nENV  A=1   B='x  y'\n", "FROM a\nENV A=1 B='x  y'\n"],
  ["what is held back", "FROM a\nONBUILD   COPY   a    b\n", "FROM a\nONBUILD COPY a b\n"],
  ["carriage returns", "FROM a  \r\nFROM b", "FROM a\r\n\r\nFROM b\r\n"],
  ["a carriage return between spaces at the end of a line", "FROM a\t\r  \nRUN x\n", "FROM a\nRUN x\n"],
  [
    "flags before a command",
    "FROM a\nRUN --network=none \\\n  x  \\  \n   y\n",
    "FROM a\nRUN --network=none \\\n    x  \\\n   y\n",
  ],
];

const LEFT_ALONE: [what: string, text: string][] = [
  ["a shell's command", "FROM a\nRUN a   &&  b \\\n      && c \\\n  # why\n  d\n"],
  ["a heredoc", "FROM a\nRUN <<EOF\n  a   \n\n\n\n\tb  \nEOF\n"],
  ["JSON", 'FROM a\nCMD [ "a",   "b  c" ]\n'],
  ["legacy pairs", "FROM a\nENV A b   c\n"],
  ["paths in the text form", "FROM a\nWORKDIR /a  b\n"],
  ["spaces before a directive's `#`", "  # check=skip=all\nFROM a\n"],
  ["a blank line that keeps a comment from being a directive", "\n# escape=`\nFROM a\n"],
  ["an unterminated heredoc", "FROM a\nRUN <<EOF\nFROM   x\nFROM   y"],
  ["a text that does not parse", "FROM a\nENV A\n   RUN x  \n"],
  ["nothing", ""],
];

describe("format", () => {
  it.each(FORMATTED)("evens out %s", (_, before, after) => expect(format(before)).toBe(after));
  it.each(LEFT_ALONE)("leaves alone %s", (_, text) => expect(format(text)).toBe(text));

  it("changes white space only, keeps the meaning, and is done after one time", PATIENCE, () => {
    fc.assert(
      fc.property(dockerfileLike, (source) => {
        const after = format(source);
        expect(after.replace(/\s+/g, "")).toBe(source.replace(/\s+/g, ""));
        expect(meaning(parseDockerfile(after))).toBe(meaning(parseDockerfile(source)));
        expect(format(after)).toBe(after);
      }),
      RUNS,
    );
  });
});
