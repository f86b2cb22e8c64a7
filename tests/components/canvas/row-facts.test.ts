/** What the list says of a row, which is what the graph shows. */
import { expect, test } from "vitest";
import { type RowNews, rowFacts } from "../../../components/canvas/outline/row-facts";
import type { StepState } from "../../../lib/build/state";

const quiet: RowNews = {
  step: undefined,
  failed: false,
  exitCode: null,
  bytes: null,
  problem: null,
  foretold: null,
  expected: null,
  copy: null,
};
const step = (status: StepState["status"], took: number | null = null): StepState => ({
  instruction: 1,
  status,
  started: status === "waiting" ? null : 1000,
  completed: took === null ? null : 1000 + took,
  vertices: [],
  lastLine: "",
});

test.each<[string, Partial<RowNews>, string[]]>([
  ["before any build", {}, []],
  ["a copy before it is built", { copy: "2 files, 106B" }, ["takes 2 files, 106B"]],
  ["a problem", { problem: "Unknown flag" }, ["Unknown flag"]],
  [
    "waiting, with a time known",
    { step: step("waiting"), expected: 2000 },
    ["waiting", "about 2.0 s in earlier builds"],
  ],
  ["running", { step: step("running"), expected: 2000 }, ["running", "about 2.0 s in earlier builds"]],
  ["done", { step: step("done", 1500), bytes: 1_820_000 }, ["done", "1.82MB", "1.5 s"]],
  ["done, and nothing added", { step: step("done", 1500), bytes: 0 }, ["done", "1.5 s"]],
  ["cached", { step: step("cached", 0), bytes: 106 }, ["cached", "106B"]],
  [
    "done, to run anew",
    { step: step("done", 1500), foretold: "runs" },
    ["runs anew in the next build", "done", "1.5 s"],
  ],
  [
    "cached, to run anew perhaps",
    { step: step("cached"), foretold: "maybe" },
    ["runs anew if the files copied for it change", "cached"],
  ],
  ["failed", { step: step("done", 100), failed: true, exitCode: 3 }, ["failed", "exit 3", "0.1 s"]],
])("%s", (_, news, facts) => expect(rowFacts({ ...quiet, ...news })).toEqual(facts));
