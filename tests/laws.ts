/**
 * `npm test` tries the laws with the same input every time, so that it judges the change at hand and nothing else.
 * `npm run test:laws` tries them with input of its own, many times: what it finds becomes a row of a table.
 */
import fc from "fast-check";

if (!process.env.FAST_CHECK_RUNS) fc.configureGlobal({ seed: 20_261_121 });
