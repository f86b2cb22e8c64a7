import { type EditRow, tryEdits } from "./edit-rows";

const ROWS: EditRow[] = [
  // instructions
  [
    "remove one, its comment stays",
    "FROM a\n# about b\nRUN b \\\n  b\nRUN c\n",
    { type: "removeInstruction", stage: 0, instruction: 1 },
    "FROM a\n# about b\nRUN c\n",
  ],
  ["remove the last", "FROM a\r\nRUN b", { type: "removeInstruction", stage: 0, instruction: 1 }, "FROM a"],
  [
    "insert one of several lines",
    "FROM a\r\n\tRUN b\r\n",
    { type: "insertInstruction", stage: 0, at: 2, text: "RUN <<E\nls\nE\n" },
    "FROM a\r\n\tRUN b\r\n\tRUN <<E\r\nls\r\nE\r\n",
  ],
  [
    "replace one",
    "FROM a\nRUN b \\\n  c\nRUN d\n",
    { type: "replaceInstruction", stage: 0, instruction: 1, text: "WORKDIR /x" },
    "FROM a\nWORKDIR /x\nRUN d\n",
  ],
  [
    "move one with its comment",
    "FROM a\n# b\nRUN b\nRUN c\nFROM d\nRUN e\n",
    { type: "moveInstruction", from: { stage: 0, instruction: 1 }, to: { stage: 1, at: 2 } },
    "FROM a\nRUN c\nFROM d\nRUN e\n# b\nRUN b\n",
  ],
  [
    "move one within its stage",
    "FROM a\nRUN b\nRUN c\n",
    { type: "moveInstruction", from: { stage: 0, instruction: 2 }, to: { stage: 0, at: 1 } },
    "FROM a\nRUN c\nRUN b\n",
  ],
  // setFlag
  [
    "a flag behind the others",
    "FROM a\nCOPY --link x y\n",
    { type: "setFlag", stage: 0, instruction: 1, flag: "chown", value: "1:1" },
    "FROM a\nCOPY --link --chown=1:1 x y\n",
  ],
  [
    "a bare flag before a JSON form",
    'FROM a\nCOPY ["x", "y"]\n',
    { type: "setFlag", stage: 0, instruction: 1, flag: "link", value: "" },
    'FROM a\nCOPY --link ["x", "y"]\n',
  ],
  [
    "another value",
    "FROM a\nRUN --network='none' x\n",
    { type: "setFlag", stage: 0, instruction: 1, flag: "network", value: "host" },
    "FROM a\nRUN --network=host x\n",
  ],
  [
    "no flag",
    "FROM a\nCOPY --link \\\n  --chown=1 \\\n  x y\n",
    { type: "setFlag", stage: 0, instruction: 1, flag: "chown", value: null },
    "FROM a\nCOPY --link \\\n  x y\n",
  ],
  [
    "a value with a space is quoted",
    "FROM a\nCOPY x y\n",
    { type: "setFlag", stage: 0, instruction: 1, flag: "exclude", value: "a b" },
    'FROM a\nCOPY --exclude="a b" x y\n',
  ],
  // setDirective
  [
    "syntax goes first, behind a byte order mark",
    "\ufeff# check=skip=all\nFROM a\n",
    { type: "setDirective", name: "syntax", value: "docker/dockerfile:1" },
    "\ufeff# syntax=docker/dockerfile:1\n# check=skip=all\nFROM a\n",
  ],
  [
    "others go behind those there are",
    "# syntax=docker/dockerfile:1\r\n# a comment\r\nFROM a\r\n",
    { type: "setDirective", name: "check", value: "error=true" },
    "# syntax=docker/dockerfile:1\r\n# check=error=true\r\n# a comment\r\nFROM a\r\n",
  ],
  [
    "another value keeps the spacing",
    "#  Syntax = x\nFROM a\n",
    { type: "setDirective", name: "syntax", value: "y" },
    "#  Syntax = y\nFROM a\n",
  ],
  [
    "taken away",
    "# syntax=x\n# escape=`\nFROM a\n",
    { type: "setDirective", name: "escape", value: null },
    "# syntax=x\nFROM a\n",
  ],
  // commentOut
  [
    "every line of an instruction",
    "FROM a\n  RUN x \\\n    # why\n\n    y\nRUN <<EOF\none\n\nEOF\nCMD z\n",
    { type: "commentOut", stage: 0, instruction: 1 },
    "FROM a\n  # RUN x \\\n  #   # why\n\n  #   y\nRUN <<EOF\none\n\nEOF\nCMD z\n",
  ],
  [
    "a heredoc with its body",
    "FROM a\r\nRUN <<EOF\r\none\r\n\r\nEOF\r\nCMD z\r\n",
    { type: "commentOut", stage: 0, instruction: 1 },
    "FROM a\r\n# RUN <<EOF\r\n# one\r\n\r\n# EOF\r\nCMD z\r\n",
  ],
  // uncomment
  [
    "the instruction among comments, with its continuation",
    "FROM a\n# why\n#RUN x \\\n# # this\n#   y\n# and why not\nCMD z\n",
    { type: "uncomment", stage: 0, line: 3 },
    "FROM a\n# why\nRUN x \\\n# this\n  y\n# and why not\nCMD z\n",
  ],
  [
    "a heredoc with its body",
    "FROM a\r\n# RUN <<EOF\r\n# one\r\n\r\n# EOF\r\nCMD z\r\n",
    { type: "uncomment", stage: 0, line: 2 },
    "FROM a\r\nRUN <<EOF\r\none\r\n\r\nEOF\r\nCMD z\r\n",
  ],
  [
    "one that stands behind the last",
    "FROM a AS x\nFROM b\n# COPY --from=x a b",
    { type: "uncomment", stage: 1, line: 3 },
    "FROM a AS x\nFROM b\nCOPY --from=x a b",
  ],
];

tryEdits("edits of instructions", ROWS);
