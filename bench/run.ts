/**
 * How fast the product is, against what people would use without it.
 *
 *   npm run bench                              all of it
 *   npm run bench -- build --pairs 9 --engine 28-overlay2
 *   npm run bench -- parser --corpus FOLDER     or a file with a case a line: {text | base64 | base64gz}
 *   npm run bench -- logs --lines 2000000 --pairs 3
 *   npm run bench -- memory                     what the server holds, by the length of a log
 *   npm run bench -- viewers --viewers 1000     of one live build
 *   npm run bench -- page --runs 5 --opens 200   the real page; fails where that of a link is above its limit
 *   npm run bench -- size                       fails where a part of the language is above its limit
 */
import { parseArgs } from "node:util";
import { type EngineKind, engineKinds } from "../scripts/engines.mjs";
import { benchBuild } from "./build";
import { benchLogs } from "./logs";
import { benchMemory } from "./memory";
import { benchPage } from "./page";
import { benchParser } from "./parser";
import { benchSize } from "./size";
import { benchViewers } from "./viewers";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    viewers: { type: "string", default: "1000" },
    runs: { type: "string", default: "5" },
    lines: { type: "string", default: "2000000" },
    opens: { type: "string", default: "200" },
    pairs: { type: "string", default: "5" },
    engine: { type: "string", default: "20.10" },
    corpus: { type: "string" },
  },
});
const wanted = (name: string) => positionals.length === 0 || positionals.includes(name);
const kind = engineKinds.find((each): each is EngineKind => each === values.engine);
const pairs = Number(values.pairs);
const viewers = Number(values.viewers);
const [runs, opens, lines] = [Number(values.runs), Number(values.opens), Number(values.lines)];
if (
  !kind ||
  ![pairs, viewers, runs, opens, lines].every((number) => Number.isInteger(number) && number > 0)
) {
  console.error(`--engine is one of ${engineKinds.join(", ")}; the others are whole numbers from 1.`);
  process.exit(2);
}

if (wanted("parser")) benchParser(values.corpus);
if (wanted("page")) await benchPage(runs, opens);
if (wanted("size")) await benchSize();
if (wanted("build")) await benchBuild(kind, pairs);
if (wanted("logs")) await benchLogs(lines, pairs);
if (wanted("memory")) await benchMemory();
if (wanted("viewers")) await benchViewers(kind, viewers);
