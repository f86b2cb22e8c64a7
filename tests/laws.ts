/**
 * `npm test` tries the laws with the same input every time, so that it judges the change at hand and nothing else.
 * `npm run test:laws` tries them with input of its own, many times: what it finds becomes a row of a table.
 */
import fc from "fast-check";

const { FAST_CHECK_RUNS } = process.env;

if (!FAST_CHECK_RUNS) fc.configureGlobal({ seed: 20_261_121 });

/** How often laws are tried: 2,000 times, or as FAST_CHECK_RUNS says. */
export const RUNS = { numRuns: Number(FAST_CHECK_RUNS || 2000) };

/** Of a law that costs `times` as much as most to try: fewer in `npm test`, and as many as of every other at night. */
export const fewerRuns = (times: number) => (FAST_CHECK_RUNS ? RUNS : partOfRuns(times));

/** Of one part of a law that is tried in at least so many parts: together they are tried as often as any. */
export const partOfRuns = (parts: number) => ({ numRuns: Math.ceil(RUNS.numRuns / parts) });

/** For tests whose time is not what they test: a busy machine must not fail them. */
export const PATIENCE = { timeout: 300 * RUNS.numRuns };
