/**
 * Compares the parser with what BuildKit says of the same bytes.
 *
 *   npx tsx scripts/conformance.ts FILE [--show N] [--require accepted,stages,…]
 *
 * FILE holds a case a line: {id, text | base64 | base64gz, expect}. A field counts where `expect` has it. Bytes that are
 * no UTF-8 are decoded as lib/dockerfile/bytes.ts says and printed as U+FFFD, as Go's encoding/json prints them.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { decodeText, parseDockerfile } from "../lib/dockerfile";
import { type Description, describeDockerfile } from "../lib/dockerfile/description";

interface Case {
  id: string;
  text?: string;
  base64?: string;
  base64gz?: string;
  expect: Record<string, unknown>;
}

const FIELDS: (keyof Description)[] = [
  "accepted",
  "error",
  "errorPhase",
  "errorLines",
  "escape",
  "instructions",
  "stages",
  "edges",
  "graphError",
  "checks",
];

/** Line by line, so that a file may be larger than a string. */
function* casesIn(file: string): Generator<Case> {
  const bytes = readFileSync(file);
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed === -1 ? bytes.length : feed;
    const text = bytes.toString("utf8", start, end).trim();
    start = end + 1;
    if (text === "") continue;
    try {
      const each = JSON.parse(text) as Case;
      if ((each.text ?? each.base64 ?? each.base64gz) === undefined) throw new SyntaxError("it has no text");
      yield { ...each, id: each.id ?? `line ${line}`, expect: each.expect ?? {} };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      console.error(`line ${line} is no case: ${error.message}`);
      process.exitCode = 1;
    }
  }
}

/** A file that the library itself stumbles over is a disagreement like any other. */
function attempt(source: string, wrong: string[]): Partial<Description> {
  try {
    return describeDockerfile(parseDockerfile(source));
  } catch (error) {
    wrong.push(`  ${error instanceof Error ? error.stack : error}`);
    return {};
  }
}

function textOf(each: Case): string {
  if (each.text !== undefined) return each.text;
  if (each.base64 !== undefined) return decodeText(Buffer.from(each.base64, "base64"));
  return decodeText(gunzipSync(Buffer.from(each.base64gz ?? "", "base64")));
}

/** Edges and checks are sets: their order is nobody's promise. */
function comparable(field: string, value: unknown): string {
  if ((field === "edges" || field === "checks") && Array.isArray(value)) {
    return JSON.stringify(value.map((each) => JSON.stringify(each)).sort());
  }
  if (field === "stages" && Array.isArray(value)) {
    return JSON.stringify(value.map((stage) => Object.entries(stage as object).sort()));
  }
  return JSON.stringify(value) ?? "absent";
}

function main(): void {
  const { file, show, required } = readArguments(process.argv.slice(2));
  const score = new Map(FIELDS.map((field) => [field, { right: 0, of: 0 }]));
  let clean = 0;
  let shown = 0;
  let count = 0;
  for (const each of casesIn(file)) {
    count++;
    const source = textOf(each);
    const wrong: string[] = [];
    const actual = attempt(source, wrong);
    for (const field of FIELDS) {
      const expected = each.expect[field];
      // Without an error there must be none of ours either.
      if (expected === undefined && field !== "error" && field !== "graphError") continue;
      const tally = score.get(field) as { right: number; of: number };
      tally.of++;
      const want = comparable(field, expected);
      const have = comparable(field, actual[field]);
      if (want === have) tally.right++;
      else wrong.push(`  ${field}\n    BuildKit ${want}\n    ours     ${have}`);
    }
    if (wrong.length === 0) clean++;
    else if (shown++ < show) {
      console.log(`${each.id} ${JSON.stringify(source.slice(0, 400))}\n${wrong.join("\n")}`);
    }
  }
  for (const [field, { right, of }] of score) {
    console.log(`${field.padEnd(13)} ${right}/${of} ${percent(right, of)}`);
  }
  console.log(`${"total".padEnd(13)} ${clean}/${count} ${percent(clean, count)}`);
  const missed = (required as (keyof Description)[]).filter(
    (field) => score.get(field)?.right !== score.get(field)?.of,
  );
  if (missed.length > 0) {
    console.error(`below 100 %: ${missed.join(", ")}`);
    process.exitCode = 1;
  }
}

function percent(right: number, of: number): string {
  return of === 0 ? "" : `${((100 * right) / of).toFixed(2)} %`;
}

function readArguments(args: string[]): { file: string; show: number; required: string[] } {
  let file = "";
  let show = 0;
  let required: string[] = [];
  for (let index = 0; index < args.length; index++) {
    if (args[index] === "--show") show = Number(args[++index]);
    else if (args[index] === "--require") required = (args[++index] ?? "").split(",");
    else file = args[index] as string;
  }
  const unknown = required.filter((field) => !(FIELDS as string[]).includes(field));
  if (file === "" || unknown.length > 0) {
    console.error(
      unknown.length > 0
        ? `no such field: ${unknown.join(", ")}`
        : "usage: tsx scripts/conformance.ts FILE [--show N] [--require field,field]",
    );
    process.exit(2);
  }
  return { file, show, required };
}

main();
