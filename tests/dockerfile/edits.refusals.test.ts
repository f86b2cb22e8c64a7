import { expect, it } from "vitest";
import { parseDockerfile, planEdit } from "../../lib/dockerfile";
import { type Refusal, TWO, tryEdits } from "./edit-rows";

const REFUSALS: Refusal[] = [
  ["a name that is none", "FROM a\n", { type: "renameStage", stage: 0, name: "1x" }, "cannot name a stage"],
  [
    "a name that is taken",
    "FROM a AS x\nFROM b\n",
    { type: "renameStage", stage: 1, name: "X" },
    'already called "x"',
  ],
  ["a reserved name", "FROM a\n", { type: "renameStage", stage: 0, name: "scratch" }, "a meaning of its own"],
  [
    "a name that is an image's",
    "FROM a\nFROM b\n",
    { type: "renameStage", stage: 0, name: "b" },
    "Line 2 takes the image",
  ],
  [
    "a name others need",
    "FROM a AS x\nFROM x\n",
    { type: "renameStage", stage: 0, name: "" },
    "Line 2 refers",
  ],
  ["the only stage", "FROM a\n", { type: "removeStage", stage: 0 }, "at least one stage"],
  ["a stage before what it needs", TWO, { type: "moveStage", stage: 1, to: 0 }, "has to stay before it"],
  ["a circle", TWO, { type: "setBase", stage: 0, base: { kind: "stage", index: 1 } }, "in a circle"],
  [
    "itself",
    TWO,
    { type: "addCopy", stage: 1, from: { kind: "stage", index: 1 }, sources: ["a"], destination: "b" },
    "itself",
  ],
  ["no platform", TWO, { type: "setPlatform", stage: 0, platform: "toaster" }, "no platform"],
  [
    "a variable in --from",
    TWO,
    { type: "addCopy", stage: 1, from: { kind: "image", ref: "$X" }, sources: ["a"], destination: "b" },
    "not expanded",
  ],
  [
    "an image called as a stage",
    TWO,
    { type: "addCopy", stage: 1, from: { kind: "image", ref: "BUILD" }, sources: ["a"], destination: "b" },
    "name of stage 0",
  ],
  [
    "an image that reads as a number",
    TWO,
    { type: "addCopy", stage: 1, from: { kind: "image", ref: "0" }, sources: ["a"], destination: "b" },
    "number of a stage",
  ],
  [
    "two instructions",
    TWO,
    { type: "insertInstruction", stage: 0, at: 1, text: "RUN a\nRUN b" },
    "more than one",
  ],
  [
    "a FROM among instructions",
    TWO,
    { type: "insertInstruction", stage: 0, at: 1, text: "FROM x" },
    "add a stage",
  ],
  [
    "an instruction BuildKit refuses",
    TWO,
    { type: "insertInstruction", stage: 0, at: 1, text: "RNU x" },
    "did you mean RUN?",
  ],
  [
    "a continuation that swallows what follows",
    TWO,
    { type: "insertInstruction", stage: 0, at: 1, text: "RUN x \\" },
    "read otherwise",
  ],
  ["removing a FROM", TWO, { type: "removeInstruction", stage: 0, instruction: 0 }, "remove the stage"],
  [
    "a COPY into the stage it copies from",
    TWO,
    { type: "moveInstruction", from: { stage: 1, instruction: 1 }, to: { stage: 0, at: 1 } },
    "itself",
  ],
  ["a stage that is not there", TWO, { type: "duplicateStage", stage: 7, name: "x" }, "no such stage"],
  [
    "prose",
    "FROM a\n# Run this with care\nCMD z\n",
    { type: "uncomment", stage: 0, line: 2 },
    "does not read as an instruction",
  ],
  [
    "a commented instruction that BuildKit would not take",
    "FROM a\n# COPY x\nCMD z\n",
    { type: "uncomment", stage: 0, line: 2 },
    "does not read as an instruction",
  ],
  [
    "a stage that begins in a comment",
    "FROM a\n# FROM b\nCMD z\n",
    { type: "uncomment", stage: 0, line: 2 },
    "does not read as an instruction",
  ],
  [
    "nothing left of a stage",
    "FROM a\nRUN x\n",
    { type: "extractStage", stage: 0, from: 1, to: 2, name: "n" },
    "Nothing would be left",
  ],
  [
    "a name that is taken",
    "FROM a AS n\nRUN x\nRUN y\n",
    { type: "extractStage", stage: 0, from: 1, to: 2, name: "n" },
    'already called "n"',
  ],
  [
    "a stage that files are taken from",
    "FROM a AS x\nFROM x\nFROM b\nCOPY --from=x . .\n",
    { type: "inlineStage", stage: 0 },
    'Line 4 takes files from "x"',
  ],
  [
    "a stage nothing is built on",
    "FROM a AS x\nFROM b\n",
    { type: "inlineStage", stage: 0 },
    "No stage is built on",
  ],
  [
    "another platform",
    "FROM a AS x\nFROM --platform=linux/arm64 x AS y\n",
    { type: "inlineStage", stage: 0 },
    '"y" has a platform of its own',
  ],
  [
    "ONBUILD",
    "FROM a AS x\nONBUILD RUN y\nFROM x\n",
    { type: "inlineStage", stage: 0 },
    "ONBUILD instructions are run by",
  ],
  ["no numbers", "FROM a\n", { type: "nameReferences" }, "No COPY names a stage by its number"],
  [
    "a flag that the instruction has not",
    "FROM a\nRUN x\n",
    { type: "setFlag", stage: 0, instruction: 1, flag: "link", value: "" },
    "BuildKit would not take it: unknown flag: --link",
  ],
  [
    "a source as a flag",
    "FROM a\nCOPY x y\n",
    { type: "setFlag", stage: 0, instruction: 1, flag: "from", value: "b" },
    "pointing it somewhere else",
  ],
  [
    "an escape token that the file does not go by",
    "FROM a\nRUN x \\\n  y\n",
    { type: "setDirective", name: "escape", value: "`" },
    "instructions would be read otherwise",
  ],
  [
    "taking away the escape token that the file goes by",
    "# escape=`\nFROM a\nRUN x `\n  y\n",
    { type: "setDirective", name: "escape", value: null },
    "instructions would be read otherwise",
  ],
  [
    "a mount of nothing that is known",
    "FROM a\nRUN x\n",
    { type: "addMount", stage: 0, instruction: 1, options: [["type", "what"]] },
    "type is one of bind, cache",
  ],
  [
    "a mount of a COPY",
    "FROM a\nCOPY x y\n",
    { type: "addMount", stage: 0, instruction: 1, options: [["type", "tmpfs"]] },
    "Only RUN",
  ],
  [
    "a FROM commented out",
    "FROM a\n",
    { type: "commentOut", stage: 0, instruction: 0 },
    "FROM begins the stage",
  ],
];

tryEdits("edits", [], REFUSALS);

it("offers to move a stage up where that is what is missing", () => {
  const tree = parseDockerfile("FROM a AS x\nFROM b AS y\n");
  const result = planEdit(tree, { type: "setBase", stage: 0, base: { kind: "stage", index: 1 } });
  expect(result).toMatchObject({ ok: false, remedy: { type: "moveStage", stage: 1, to: 0 } });
});
