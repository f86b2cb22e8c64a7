/**
 * What parts of the language weigh in a page: bundled, minified, gzipped. The core is what reads (parse, resolve, reparse,
 * tokens); what writes, evaluates and checks comes on top for who imports it. Fails above a limit.
 */
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const CORE = ["parseDockerfile", "reparse", "tokenize"];

/** Limits in kB (1,000 bytes) gzipped. The core's is a promise; the others keep growth from going unnoticed. */
const PARTS: { what: string; names: string[]; limit: number }[] = [
  { what: "the core: parse, resolve, reparse, tokens", names: CORE, limit: 25 },
  { what: "the core and evaluation", names: [...CORE, "evaluate"], limit: 30 },
  { what: "the core, evaluation and checks", names: [...CORE, "evaluate", "checkDockerfile"], limit: 35 },
  { what: "the core and edits", names: [...CORE, "planEdit"], limit: 41 },
  { what: "all of these", names: [...CORE, "evaluate", "checkDockerfile", "planEdit"], limit: 50 },
];

/** Fails, by the exit code, where a part is above its limit. */
export async function benchSize(): Promise<void> {
  console.log("kB gzipped, and minified:");
  for (const { what, names, limit } of PARTS) {
    const { gzipped, minified } = await weigh(names);
    const over = gzipped > limit;
    console.log(
      `  ${what.padEnd(42)} ${gzipped.toFixed(1)} of ${limit}, ${minified.toFixed(1)}${over ? "   ABOVE THE LIMIT" : ""}`,
    );
    if (over) process.exitCode = 1;
  }
}

async function weigh(names: readonly string[]): Promise<{ gzipped: number; minified: number }> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { ${names.join(", ")} } from "./lib/dockerfile";`,
      resolveDir: resolve(import.meta.dirname, ".."),
    },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error("Nothing was bundled.");
  const { contents } = file;
  return { gzipped: gzipSync(contents, { level: 9 }).length / 1000, minified: contents.length / 1000 };
}
