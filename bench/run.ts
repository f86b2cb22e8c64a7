/**
 * How fast the product is, against what people would use without it.
 *
 *   npm run bench                              all of it
 *   npm run bench -- build --pairs 9 --engine 28-overlay2
 *   npm run bench -- parser --corpus FOLDER     or a file with a case a line: {text | base64 | base64gz}
 *   npm run bench -- size                       fails where a part of the language is above its limit
 */
import { parseArgs } from "node:util";
import { type EngineKind, engineKinds } from "../scripts/engines.mjs";
import { benchBuild } from "./build";
import { benchParser } from "./parser";
import { benchSize } from "./size";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: "string", default: "5" },
    engine: { type: "string", default: "20.10" },
    corpus: { type: "string" },
  },
});
const wanted = (name: string) => positionals.length === 0 || positionals.includes(name);
const kind = engineKinds.find((each): each is EngineKind => each === values.engine);
const pairs = Number(values.pairs);
if (!kind || !Number.isInteger(pairs) || pairs < 1) {
  console.error(`--engine is one of ${engineKinds.join(", ")}; --pairs a whole number from 1.`);
  process.exit(2);
}

if (wanted("parser")) benchParser(values.corpus);
if (wanted("size")) await benchSize();
if (wanted("build")) await benchBuild(kind, pairs);
