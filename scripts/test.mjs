/**
 * `npm test`: everything, on a fresh machine too. Installs what is missing where it may; where it may not, says what
 * and fails. Nothing is skipped. The last line is `N passed, N failed`.
 *
 * The engine tests wait for their engines a third of the time: everything else is run meanwhile, one step after the
 * other, and what it prints is shown when it is done, or when the engine tests are.
 *
 *   npm test -- unit e2e     only these steps
 */
import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ensurePrograms, Missing, plainly } from "./engines/apt.mjs";
import { isRoot } from "./engines/process.mjs";
import { engineKinds, startEngine } from "./engines.mjs";
import { ensureClient } from "./start/build.mjs";
import { ensureDependencies, nodeProblem } from "./start/dependencies.mjs";
import { browserPath, browserPrograms, enginePrograms } from "./test/programs.mjs";
import { stepsOf } from "./test/steps.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const reports = join(root, "test-results");
const total = { passed: 0, failed: 0 };
const lines = [];
const failures = [];
const secondTries = [];
const say = (line) => console.log(line);
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Times a piece of work; where it throws, that counts as one failure and its message is shown.
 * @param {(print: (text: string) => void) => Promise<{passed: number, failed: number} | undefined>} work
 * @param {Promise<unknown>} [quietUntil] what it prints is kept until this or its end, whichever comes first
 */
async function timed(name, work, quietUntil) {
  const start = Date.now();
  const { print, aloud } = speaker(quietUntil);
  print(`\n── ${name}\n`);
  let counts;
  try {
    counts = await work(print);
  } catch (error) {
    print(`${plainly(error)}\n`);
    counts = { passed: 0, failed: 1 };
  }
  if (counts) {
    total.passed += counts.passed;
    total.failed += counts.failed;
  }
  const result = counts ? `, ${counts.passed} passed, ${counts.failed} failed` : "";
  lines.push(`${name}: ${seconds(start)}${result}`);
  aloud();
  print(`── ${lines.at(-1)}\n`);
  return !counts || counts.failed === 0;
}

function speaker(quietUntil) {
  let kept = quietUntil ? [] : undefined;
  const print = (text) => void (kept?.push(text) ?? process.stdout.write(text));
  const aloud = () => {
    const words = kept ?? [];
    kept = undefined;
    print(words.join(""));
  };
  quietUntil?.then(aloud);
  return { print, aloud };
}

async function runStep(step, print) {
  for (const command of step.commands) {
    const code = await runNode(command, step.env, print);
    if (code === 0) continue;
    const counts = (await step.counts?.()) ?? { passed: 0, failed: 0, skipped: 0 };
    return settle(step.name, { ...counts, failed: Math.max(counts.failed, 1) }, print);
  }
  return settle(step.name, step.counts ? await step.counts() : { passed: 1, failed: 0, skipped: 0 }, print);
}

/** A step that ran nothing, or passed tests over, has not shown what it is there to show. */
function settle(name, counts, print) {
  if (!counts || counts.passed + counts.failed + counts.skipped === 0) {
    print(`The ${name} step ran no tests.\n`);
    return { passed: 0, failed: 1 };
  }
  if (counts.skipped > 0)
    print(`${counts.skipped} ${name} tests were skipped; a skipped test counts as failed.\n`);
  failures.push(...(counts.failures ?? []).map((failure) => `${name}: ${failure}`));
  secondTries.push(...(counts.secondTries ?? []).map((test) => `${name}: ${test}`));
  return { passed: counts.passed, failed: counts.failed + counts.skipped };
}

function runNode(args, env, print) {
  return new Promise((done) => {
    if (ending) return;
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    running.add(child);
    for (const output of [child.stdout, child.stderr]) output.setEncoding("utf8").on("data", print);
    child.on("error", () => done(1));
    child.on("close", (code) => {
      running.delete(child);
      done(code ?? 1);
    });
  });
}

async function prepare(steps) {
  const problem = nodeProblem();
  if (problem) throw new Missing(problem);
  const needs = [];
  if (steps.some((step) => step.engines)) needs.push(...enginePrograms);
  if (steps.some((step) => step.browser) && !browserPath()) needs.push(...browserPrograms);
  await ensurePrograms(needs, say);
  if (needs.length > 0 && steps.some((step) => step.engines) && !isRoot()) {
    throw new Missing(
      "The tests start Docker engines of their own, which needs root: run `npm test` as root.",
    );
  }
  await ensureDependencies(root, say);
  await ensureClient(root, say);
}

async function startEngines() {
  const running = await Promise.allSettled(engineKinds.map((kind) => startEngine(kind, { say })));
  engines.push(...running.filter((each) => each.status === "fulfilled").map((each) => each.value));
  const refused = running.find((each) => each.status === "rejected");
  if (refused) throw refused.reason;
}

/** @param {Promise<boolean>} ready whether there are engines; waited for by steps that need them */
async function inOrder(steps, ready, quietUntil) {
  const work = (step) => async (print) => {
    if (step.engines && !(await ready)) throw new Missing("No engine to test on.");
    return runStep(step, print);
  };
  for (const step of steps) await timed(step.name, work(step), quietUntil);
}

const engines = [];
const stopEngines = () => Promise.allSettled(engines.splice(0).map((engine) => engine.stop()));

async function main(names) {
  const start = Date.now();
  const all = stepsOf(root, reports);
  const unknown = names.filter((name) => !all.some((step) => step.name === name));
  if (unknown.length > 0) {
    throw new Missing(
      `There is no step ${unknown.join(", ")}. Steps: ${all.map((step) => step.name).join(", ")}.`,
    );
  }
  const steps = names.length > 0 ? all.filter((step) => names.includes(step.name)) : all;
  await rm(reports, { recursive: true, force: true });
  await mkdir(reports, { recursive: true });

  // Without its tools no step would say anything true, so none is tried.
  if (await timed("prepare", () => prepare(steps))) {
    const ready = steps.some((step) => step.engines) ? timed("engines", startEngines) : Promise.resolve(true);
    const alone = (step) => step.engines && !step.browser;
    const engine = ready.then(() => inOrder(steps.filter(alone), ready));
    await Promise.all([
      engine,
      inOrder(
        steps.filter((step) => !alone(step)),
        ready,
        engine,
      ),
    ]);
    await stopEngines();
  }
  // Named once more at the end: who reads the tail of a long log sees what failed.
  for (const failure of failures) say(`FAILED ${failure}`);
  for (const test of secondTries) say(`PASSED AT THE SECOND TRY ${test}`);
  say(`\n${lines.join("\n")}\nin all: ${seconds(start)}`);
  say(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** The steps under way: a signal to npm alone would leave them running. */
const running = new Set();
let ending = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    if (ending) return;
    ending = true;
    for (const child of running) child.kill(signal);
    await stopEngines();
    process.exit(130);
  });
}

main(process.argv.slice(2)).catch(async (error) => {
  await stopEngines();
  console.error(plainly(error));
  console.log(`${total.passed} passed, ${total.failed + 1} failed`);
  process.exitCode = 1;
});
