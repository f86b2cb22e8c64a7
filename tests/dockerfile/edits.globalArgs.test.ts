import { type EditRow, type Refusal, tryEdits } from "./edit-rows";

const ROWS: EditRow[] = [
  [
    "the first, before the first stage and its comments",
    "# syntax=docker/dockerfile:1\n\n# builds it\nFROM go\n",
    { type: "addGlobalArg", name: "V", value: "1" },
    "# syntax=docker/dockerfile:1\n\nARG V=1\n\n# builds it\nFROM go\n",
  ],
  [
    "behind those that there are, in their casing and with their line ending",
    "arg A=1\r\n\r\nfrom a\r\n",
    { type: "addGlobalArg", name: "B", value: null },
    "arg A=1\r\narg B\r\n\r\nfrom a\r\n",
  ],
  [
    "behind a byte order mark",
    "\ufeffFROM a\n",
    { type: "addGlobalArg", name: "V", value: "1" },
    "\ufeffARG V=1\n\nFROM a\n",
  ],
  ["into a file without a stage", "", { type: "addGlobalArg", name: "V", value: "1" }, "ARG V=1\n"],
  [
    "a value with a space in it gets quotes",
    "FROM a\n",
    { type: "addGlobalArg", name: "V", value: "a b" },
    'ARG V="a b"\n\nFROM a\n',
  ],
  [
    "another default, and who takes it",
    "ARG V=1.22\nFROM golang:${V} AS b\nARG V\n",
    { type: "setGlobalArg", arg: 0, value: "1.23" },
    "ARG V=1.23\nFROM golang:${V} AS b\nARG V\n",
    ['FROM on line 2 ("b") takes its value.', 'ARG on line 3 ("b") takes its value.'],
  ],
  [
    "the second of one instruction",
    'ARG A=1 B="x y"  C\nFROM a\n',
    { type: "setGlobalArg", arg: 1, value: "z" },
    "ARG A=1 B=z  C\nFROM a\n",
  ],
  [
    "a default where there was none",
    "ARG A\nFROM a\n",
    { type: "setGlobalArg", arg: 0, value: "1" },
    "ARG A=1\nFROM a\n",
  ],
  [
    "no default any more",
    "ARG A=1\nFROM a\n",
    { type: "setGlobalArg", arg: 0, value: null },
    "ARG A\nFROM a\n",
  ],
  [
    "the same default: nothing",
    "ARG A=1\nFROM a\n",
    { type: "setGlobalArg", arg: 0, value: "1" },
    "ARG A=1\nFROM a\n",
    [],
  ],
  [
    "removed with its line and its description",
    "# A is one\nARG A=1\nARG B=2\nFROM a\n",
    { type: "removeGlobalArg", arg: 0 },
    "ARG B=2\nFROM a\n",
  ],
  [
    "removed, a comment on something else stays",
    "# The licence\nARG A=1\nARG B=2\nFROM a\n",
    { type: "removeGlobalArg", arg: 0 },
    "# The licence\nARG B=2\nFROM a\n",
  ],
  [
    "the last one goes with the blank line behind it",
    "# escape=`\n\nARG A=1\n\nFROM a\n",
    { type: "removeGlobalArg", arg: 0 },
    "# escape=`\n\nFROM a\n",
  ],
  [
    "one of several on a line",
    "ARG A=1 B=2\nFROM a\n",
    { type: "removeGlobalArg", arg: 0 },
    "ARG B=2\nFROM a\n",
  ],
  [
    "the last of several on a line",
    "ARG A=1 B=2\nFROM a\n",
    { type: "removeGlobalArg", arg: 1 },
    "ARG A=1\nFROM a\n",
  ],
  [
    "removed, and who goes without",
    "ARG V=1\nFROM go:1$V\n",
    { type: "removeGlobalArg", arg: 0 },
    "FROM go:1$V\n",
    ["FROM on line 2 (stage 0) goes without its value."],
  ],
];

const REFUSALS: Refusal[] = [
  [
    "a name that is none",
    "FROM a\n",
    { type: "addGlobalArg", name: "1A", value: null },
    "cannot name a variable",
  ],
  [
    "a name that is taken",
    "ARG A\nFROM a\n",
    { type: "addGlobalArg", name: "A", value: null },
    "Line 1 declares A already",
  ],
  ["one that is not there", "FROM a\n", { type: "setGlobalArg", arg: 0, value: "1" }, "no such ARG"],
  [
    "a value that would be another word",
    "ARG A=1\nFROM a\n",
    { type: "setGlobalArg", arg: 0, value: '"a" B=1' },
    "not be read as it is meant",
  ],
  ["a value over two lines", "ARG A=1\nFROM a\n", { type: "setGlobalArg", arg: 0, value: '"a\nFROM x"' }, ""],
  [
    "what a base cannot be without",
    "ARG BASE=go\nFROM ${BASE}\n",
    { type: "removeGlobalArg", arg: 0 },
    "blank",
  ],
];

tryEdits("ARGs before the first FROM", ROWS, REFUSALS);
