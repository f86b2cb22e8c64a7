import { type EditRow, TWO, tryEdits } from "./edit-rows";

const ROWS: EditRow[] = [
  // addCopy
  [
    "before what says how the image runs",
    TWO,
    {
      type: "addCopy",
      stage: 1,
      from: { kind: "stage", index: 0 },
      sources: ["/etc/x"],
      destination: "/etc/x",
    },
    TWO.replace("CMD", "COPY --from=build /etc/x /etc/x\nCMD"),
  ],
  [
    "in the neighbour's casing and indentation, by number, and as JSON where a path has a space",
    "from a\r\n  from b\r\n  user c",
    {
      type: "addCopy",
      stage: 1,
      from: { kind: "stage", index: 0 },
      sources: ["/x y", "/z"],
      destination: "/d",
    },
    'from a\r\n  from b\r\n  copy --from=0 ["/x y", "/z", "/d/"]\r\n  user c',
  ],
  [
    "from an image, at a place",
    TWO,
    {
      type: "addCopy",
      stage: 1,
      from: { kind: "image", ref: "nginx:1" },
      sources: ["/n"],
      destination: "/n",
      at: 1,
    },
    TWO.replace("alpine\n", "alpine\nCOPY --from=nginx:1 /n /n\n"),
  ],
  [
    "behind a heredoc",
    "FROM a AS x\nFROM b\nRUN <<E\nls\nE\n",
    { type: "addCopy", stage: 1, from: { kind: "stage", index: 0 }, sources: ["/n"], destination: "/n" },
    "FROM a AS x\nFROM b\nRUN <<E\nls\nE\nCOPY --from=x /n /n\n",
  ],
  // setCopyPaths
  [
    "one word of several",
    "FROM a\nCOPY --chmod=1 a \\\n  # b\n  b /c/\n",
    { type: "setCopyPaths", stage: 0, instruction: 1, sources: ["a", "x"], destination: "/c/" },
    "FROM a\nCOPY --chmod=1 a \\\n  # b\n  x /c/\n",
  ],
  [
    "more words",
    "FROM a\nCOPY a /c\n",
    { type: "setCopyPaths", stage: 0, instruction: 1, sources: ["a", "b"], destination: "/c/" },
    "FROM a\nCOPY a b /c/\n",
  ],
  [
    "the JSON form stays one",
    'FROM a\nCOPY [ "a","b" ]\n',
    { type: "setCopyPaths", stage: 0, instruction: 1, sources: ["a"], destination: 'c"d' },
    'FROM a\nCOPY [ "a","c\\"d" ]\n',
  ],
  // retargetReference
  [
    "a COPY at a stage",
    "FROM a AS x\nFROM b\nFROM c\nCOPY --from=x . .\n",
    { type: "retargetReference", stage: 2, instruction: 1, reference: 0, to: { kind: "stage", index: 1 } },
    "FROM a AS x\nFROM b\nFROM c\nCOPY --from=1 . .\n",
  ],
  [
    "the second mount at a stage that gets a name",
    "FROM a AS x\nFROM b\nFROM c\nRUN --mount=from=x,target=/x --mount=from=x,target=/y ls\n",
    { type: "retargetReference", stage: 2, instruction: 1, reference: 1, to: { kind: "stage", index: 1 } },
    "FROM a AS x\nFROM b AS stage-1\nFROM c\nRUN --mount=from=x,target=/x --mount=from=stage-1,target=/y ls\n",
  ],
  // mounts
  [
    "a cache",
    "FROM a\nRUN --network=none x\n",
    {
      type: "addMount",
      stage: 0,
      instruction: 1,
      options: [
        ["type", "cache"],
        ["target", "/c"],
      ],
    },
    "FROM a\nRUN --network=none --mount=type=cache,target=/c x\n",
  ],
  [
    "a mount of a stage that gets a name for it",
    "FROM a\nFROM b\nRUN x\n",
    {
      type: "addMount",
      stage: 1,
      instruction: 1,
      options: [["target", "/c"]],
      from: { kind: "stage", index: 0 },
    },
    "FROM a AS stage-0\nFROM b\nRUN --mount=target=/c,from=stage-0 x\n",
    ['Stage 0 had no name to refer to and is now called "stage-0".'],
  ],
  [
    "a mount taken away with its line",
    "FROM a AS x\nFROM b\nRUN --mount=type=cache,target=/c \\\n    --mount=from=x,target=/m \\\n    ls\n",
    { type: "removeMount", stage: 1, instruction: 1, mount: 1 },
    "FROM a AS x\nFROM b\nRUN --mount=type=cache,target=/c \\\n    ls\n",
    ["The command no longer sees files of x at /m."],
  ],
  // nameReferences
  [
    "every number becomes a name",
    "FROM a AS x\nFROM b\nFROM c\nCOPY --from=0 . .\nCOPY --from=1 . .\nCOPY --from='1' . .\n",
    { type: "nameReferences" },
    "FROM a AS x\nFROM b AS stage-1\nFROM c\nCOPY --from=x . .\nCOPY --from=stage-1 . .\nCOPY --from='stage-1' . .\n",
    ['Stage 1 had no name to refer to and is now called "stage-1".'],
  ],
  [
    "one number becomes a name",
    "FROM a AS x\nFROM c\nCOPY --from=0 . .\nCOPY --from=0 . .\n",
    { type: "nameReferences", at: { stage: 1, instruction: 2 } },
    "FROM a AS x\nFROM c\nCOPY --from=0 . .\nCOPY --from=x . .\n",
  ],
];

tryEdits("edits of what stages take of each other", ROWS);
