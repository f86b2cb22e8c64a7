import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeProblem } from "../../scripts/start/dependencies.mjs";

test.each([
  ["18.20.4", false],
  ["20.18.9", false],
  ["20.19.0", true],
  ["21.7.3", false],
  ["22.11.0", false],
  ["22.12.0", true],
  ["23.11.0", false],
  ["24.0.0", true],
  ["26.1.0", true],
])("on Node %s it starts: %s", (version, starts) => {
  const problem = nodeProblem(version);
  expect(problem === null).toBe(starts);
  if (problem !== null) expect(problem).toContain(`this is ${version}`);
});

test("npm is told the same", () => {
  const { engines } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(engines.node).toBe("^20.19 || ^22.12 || >=24");
});
