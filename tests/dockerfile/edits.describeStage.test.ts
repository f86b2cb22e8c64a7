import { describe, expect, it } from "vitest";
import { parseDockerfile, planEdit } from "../../lib/dockerfile";
import { applyEdits } from "../../lib/text";

function describeStage(before: string, text: string | null, stage = 0) {
  const result = planEdit(parseDockerfile(before), { type: "describeStage", stage, text });
  return result.ok ? applyEdits(before, result.edits) : result.reason;
}

describe("a stage's description", () => {
  it.each<[name: string, before: string, text: string | null, after: string]>([
    [
      "written above FROM",
      "# syntax=x\nFROM a AS b\n",
      "makes it",
      "# syntax=x\n# b makes it\nFROM a AS b\n",
    ],
    [
      "written below another comment",
      "# Licence\nFROM a AS b\n",
      "makes it",
      "# Licence\n# b makes it\nFROM a AS b\n",
    ],
    ["behind a byte order mark", "\ufeffFROM a AS b\n", "x", "\ufeff# b x\nFROM a AS b\n"],
    [
      "with the file's line ending",
      "FROM z\r\n\r\n  FROM a AS b\r\n",
      "x",
      "FROM z\r\n\r\n# b x\r\n  FROM a AS b\r\n",
    ],
    ["changed in its place", "# b old words\n# more\nFROM a AS b\n", "new", "# b new\n# more\nFROM a AS b\n"],
    ["taken away", "# more\n# b old\nFROM a AS b\n", null, "# more\nFROM a AS b\n"],
    ["the same: nothing", "# b old\nFROM a AS b\n", "old", "# b old\nFROM a AS b\n"],
  ])("%s", (_name, before, text, after) => {
    const stage = parseDockerfile(before).stages.length - 1;
    expect(describeStage(before, text, stage)).toBe(after);
  });

  it.each([
    ["FROM a\n", "x", /name first/],
    ["FROM a AS b\n", "x\nFROM c", /one line/],
  ])("%j refuses %j", (before, text, reason) => {
    expect(describeStage(before, text)).toMatch(reason);
  });
});
