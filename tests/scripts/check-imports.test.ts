import { describe, expect, it } from "vitest";
import { checkFile } from "../../scripts/check-imports.mjs";

const forbidden: [string, string, string][] = [
  ["lib/text/edits.ts", 'import { parse } from "../dockerfile";', "lib/text must not import lib/dockerfile"],
  [
    "lib/dockerfile/parse.ts",
    'import { toGraph } from "@/lib/graph/graph";',
    "lib/dockerfile must not import lib/graph",
  ],
  [
    "lib/graph/graph.ts",
    'import type { Store } from "../store/types";',
    "lib/graph must not import lib/store",
  ],
  [
    "lib/store/store.ts",
    'import { Card } from "@/components/canvas/card";',
    "lib/store must not import components",
  ],
  [
    "lib/store/store.ts",
    'import { run } from "../build/server/runner";',
    "lib/store must not import lib/build/server",
  ],
  ["components/a/b.tsx", 'import { db } from "@/lib/db";', "components must not import lib/db"],
  ["components/a/b.tsx", 'const Page = await import("@/app/page");', "components must not import app"],
  ["app/page.tsx", 'import { openDatabase } from "@/lib/db";', "app must not import lib/db"],
  ["lib/build/reducer.ts", 'import { readFile } from "node:fs";', "lib/build is pure: no node:fs"],
  ["lib/dockerfile/parse.ts", 'import React from "react";', "lib/dockerfile is pure: no react"],
  ["lib/graph/layout.ts", "export const now = () => Date.now();", "lib/graph is pure: no clock"],
  ["lib/share/document.ts", "const id = Math.random();", "lib/share is pure: no randomness"],
  ["lib/build/today.ts", "void fetch(address);", "lib/build is pure: no fetch"],
  [
    "components/code/view.tsx",
    'import { Handle } from "@xyflow/react";',
    "React Flow stays in components/canvas: no @xyflow/react here",
  ],
  [
    "components/canvas/card.tsx",
    'import type { editor } from "monaco-editor/editor";',
    "Monaco stays in components/code: no monaco-editor/editor here",
  ],
  [
    "lib/text/lines.ts",
    'export { x } from "../../tests/build/events";',
    "the product must not import tests/build/events",
  ],
];

const allowed: [string, string][] = [
  ["lib/dockerfile/parse.ts", 'import { LineIndex } from "../text";'],
  ["lib/store/store.ts", 'import { reduce } from "@/lib/build/reducer";'],
  ["lib/build/server/runner.ts", 'import { readFile } from "node:fs/promises";'],
  ["components/canvas/card.tsx", 'import { Handle } from "@xyflow/react";'],
  [
    "lib/text/lines.ts",
    '// import { x } from "../store";\n/* fetch( */ export const text = "from \\"../store\\"";',
  ],
  ["tests/anything.test.ts", 'import { openDatabase } from "@/lib/db";'],
];

describe("import rules", () => {
  it.each(forbidden)("%s: %s", (path, source, message) => {
    expect(checkFile(path, `\n${source}`)).toEqual([{ line: 2, message }]);
  });

  it.each(allowed)("%s may: %s", (path, source) => {
    expect(checkFile(path, source)).toEqual([]);
  });
});
