/** How many tests a runner ran and which of them failed, read from its own JSON report. */
import { readFile } from "node:fs/promises";

/**
 * `secondTries` are the tests that passed only when tried again, as browsers and engines on a busy machine may need: they
 * are told, as each is to be looked into.
 *
 * @typedef {{passed: number, failed: number, skipped: number, failures?: string[], secondTries?: string[]}} Counts
 */

/** @returns {Promise<Counts|null>} null where there is no report: the runner did not get as far */
export async function readVitest(path) {
  const report = await readJson(path);
  if (!report) return null;
  // A file that could not be loaded has no tests to fail, and must not pass for that.
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap((file) => [
      ...file.assertionResults
        .filter((test) => test.status === "failed")
        .map((test) => `${test.fullName}: ${firstLine(test.failureMessages[0])}`),
      ...(file.status === "failed" && file.message ? [`${file.name}: ${firstLine(file.message)}`] : []),
    ]),
    secondTries: report.testResults.flatMap((file) =>
      file.assertionResults
        .filter((test) => test.status === "passed" && test.failureMessages.length > 0)
        .map((test) => `${test.fullName}: ${firstLine(test.failureMessages[0])}`),
    ),
  };
}

/** @returns {Promise<Counts|null>} */
export async function readPlaywright(path) {
  const report = await readJson(path);
  if (!report) return null;
  const { expected, unexpected, flaky, skipped } = report.stats;
  const all = report.suites.flatMap(specsOf);
  // Errors outside any test: a spec that does not load, a global setup that throws.
  const broken = unexpected === 0 ? report.errors.length : 0;
  return {
    passed: expected + flaky,
    failed: unexpected + broken,
    skipped,
    failures: [
      ...all.filter((spec) => !spec.ok).map(inWords),
      ...report.errors.map((error) => firstLine(error.message)),
    ],
    secondTries: all.filter((spec) => spec.tests.some((test) => test.status === "flaky")).map(inWords),
  };
}

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];

function inWords(spec) {
  const errors = spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors));
  return `${spec.file}:${spec.line} ${spec.title}: ${firstLine(errors[0]?.message)}`;
}

const firstLine = (text) => (text ?? "").split("\n", 1)[0].slice(0, 300);

async function readJson(path) {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return null;
  }
}
