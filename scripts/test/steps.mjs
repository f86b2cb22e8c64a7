/** What `npm test` runs, in order. A check counts as one test; a runner reports its own. */
import { join } from "node:path";
import { readPlaywright, readVitest } from "./report.mjs";

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {boolean} [engines] needs the Docker engines running
 * @property {boolean} [browser]
 * @property {string[][]} commands arguments for node, run one after another until one fails
 * @property {Record<string, string>} [env]
 * @property {() => Promise<import("./report.mjs").Counts|null>} [counts]
 */

/** @returns {Step[]} */
export function stepsOf(root, reports) {
  const module = (path) => join(root, "node_modules", path);
  const vitest = (project) => ({
    commands: [
      [
        ...[
          module("vitest/vitest.mjs"),
          "run",
          "--project",
          project,
          "--reporter=default",
          "--reporter=json",
        ],
        `--outputFile.json=${join(reports, `${project}.json`)}`,
      ],
    ],
    counts: () => readVitest(join(reports, `${project}.json`)),
  });
  return [
    { name: "lint", commands: [[module("@biomejs/biome/bin/biome"), "check", "."]] },
    { name: "imports", commands: [["scripts/check-imports.mjs"]] },
    {
      name: "types",
      commands: [
        [module("next/dist/bin/next"), "typegen"],
        [module("typescript/bin/tsc"), "--noEmit"],
      ],
    },
    { name: "unit", ...vitest("unit") },
    { name: "engine", engines: true, ...vitest("engine") },
    { name: "build", commands: [["scripts/start.mjs", "--only-build"]] },
    {
      name: "e2e",
      engines: true,
      browser: true,
      commands: [[module("@playwright/test/cli.js"), "test", "--reporter=list,json"]],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, "e2e.json") },
      counts: () => readPlaywright(join(reports, "e2e.json")),
    },
  ];
}
