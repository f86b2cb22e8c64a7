import { describe, expect, it } from "vitest";
import { definitionAt, planRename, referencesAt, renameTarget } from "../../../lib/dockerfile/service";
import { applyEdits } from "../../../lib/text";
import { marked } from "./marked";

const DEFINITIONS: [text: string, line: number | null][] = [
  ["FROM a AS b\nFROM c\nCOPY --from=¦b /x /", 1],
  ["FROM a\nFROM c\nCOPY --from=¦0 /x /", 1],
  ["FROM a AS b\nFROM ¦b", 1],
  ["FROM a AS b\nFROM c\nRUN --mount=type=bind,from=¦b ls", 1],
  ["FROM a\nCOPY --from=¦nginx /x /", null],
  ["ARG V=1\nFROM a:$¦V", 1],
  ["ARG V=1\nFROM a\nARG V\nRUN $¦V", 3],
  ["ARG V=1\nFROM a\nARG V=2 W=$¦V", 3],
  ["ARG V=1\nFROM a\nARG V=$¦V", null],
  ["FROM a\nARG V=1\nENV V=2 W=$¦V", 2],
  ["FROM a\nENV V=1\nRUN b\nENV V=2\nRUN $¦V", 4],
  ["FROM a AS b\nENV V=1\nFROM b\nRUN $¦V", 2],
  ["FROM a\nENV V=1\nFROM b\nRUN $¦V", null],
  ["FROM a\nENV V=1\nRUN echo '$¦V'", null],
  ["FROM a\nENV V=1\nRUN V=2 && echo $¦V", null],
  ["FROM a\nENV V=1\nRUN <<'E'\necho $¦V\nE\n", 2],
  ["FROM a\nENV V=1\nRUN cat <<'E'\necho $¦V\nE\n", null],
  ["FROM a\nENV V=1\nCOPY <<E /x\n$¦V\nE\n", 2],
];

describe("definition", () => {
  it.each(DEFINITIONS)("%j", (text, line) => {
    const { tree, offset } = marked(text);
    const range = definitionAt(tree, offset);
    expect(range === null ? null : tree.lines.lineAt(range.start)).toBe(line);
  });
});

const REFERENCES: [text: string, lines: number[]][] = [
  ["FROM a AS ¦b\nFROM b\nCOPY --from=b /x /\nRUN --mount=from=B ls", [1, 2, 3, 4]],
  ["ARG ¦V=1\nFROM a:$V\nARG V\nRUN $V\nFROM b\nRUN $V", [1, 2, 3, 4]],
  ["FROM a\nARG ¦V=1\nENV V=$V\nRUN $V\nFROM b\nARG V=2\nRUN $V", [2, 3, 3, 4]],
];

describe("references", () => {
  it.each(REFERENCES)("%j", (text, lines) => {
    const { tree, offset } = marked(text);
    expect(referencesAt(tree, offset).map(({ start }) => tree.lines.lineAt(start))).toEqual(lines);
  });
});

const RENAMED: [text: string, name: string, after: string][] = [
  ["FROM a AS ¦b\nFROM b\nCOPY --from=b /x /", "new", "FROM a AS new\nFROM new\nCOPY --from=new /x /"],
  ["FROM a AS b\nFROM c\nCOPY --from=¦b /x /", "new", "FROM a AS new\nFROM c\nCOPY --from=new /x /"],
  ["ARG ¦V=1\nFROM a:${V:-2}\nARG V\nRUN $V", "NEW", "ARG NEW=1\nFROM a:${NEW:-2}\nARG NEW\nRUN $NEW"],
  ["FROM a\nENV ¦V 1\nRUN '$V' \"$V\" \\$V", "NEW", "FROM a\nENV NEW 1\nRUN '$V' \"$NEW\" \\$V"],
  [
    "FROM a\nARG V=1\nRUN $¦V\nFROM b\nARG V=2\nRUN $V",
    "N",
    "FROM a\nARG N=1\nRUN $N\nFROM b\nARG V=2\nRUN $V",
  ],
];

const APART: [text: string, name: string, after: string][] = [
  ["ARG W=1\nFROM a\nARG ¦V=1\nRUN $V", "W", "ARG W=1\nFROM a\nARG W=1\nRUN $W"],
  ["FROM a\nENV W=1\nFROM b\nENV ¦V=1", "W", "FROM a\nENV W=1\nFROM b\nENV W=1"],
];

const REFUSED: [text: string, name: string, reason: string][] = [
  ["FROM a AS ¦b\nFROM c AS d", "d", 'already called "d"'],
  ["FROM a\nARG ¦V=1", "1x", "cannot name a variable"],
  ["FROM a\nARG ¦V=1\nRUN $W", "W", "Line 3 uses W already."],
  ["FROM a\nARG ¦V=1\nRUN W=2 && echo $V", "W", "A command that uses V sets a W of its own."],
  ["ARG W=1\nFROM a\nARG ¦V=1\nARG W", "W", "Line 1 uses W already."],
  ["ARG ¦TARGETARCH\nFROM a", "X", "meaning of its own"],
  ["FROM a\nARG ¦V=1\nRUN V=2 && echo $V", "X", "line 3 sets a V of its own"],
  ["FROM a\nRUN ec¦ho", "X", "Only stages and variables"],
];

describe("rename", () => {
  it.each([...RENAMED, ...APART])("%j to %s", (text, name, after) => {
    const { tree, offset } = marked(text);
    const result = planRename(tree, offset, name);
    expect(result.ok && applyEdits(tree.source, result.edits)).toBe(after);
  });

  it.each(REFUSED)("refuses %j to %s", (text, name, reason) => {
    const { tree, offset } = marked(text);
    const result = planRename(tree, offset, name);
    expect(result.ok ? null : result.reason).toContain(reason);
  });

  it("says what would be renamed", () => {
    const { tree, offset } = marked("FROM a AS b\nFROM c\nCOPY --from=¦b /x /");
    expect(renameTarget(tree, offset)).toEqual({ range: { start: offset, end: offset + 1 }, name: "b" });
  });
});
