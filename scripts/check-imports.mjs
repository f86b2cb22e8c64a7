/**
 * Fails where a file imports what ARCHITECTURE.md forbids it to, or where a pure folder reaches for the outside world.
 *
 *   node scripts/check-imports.mjs        prints file:line for each, exits 1 if there is any
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const beforeStore = ["lib/text", "lib/dockerfile", "lib/graph", "lib/build", "lib/share", "lib/learn"];

/** Folders and what each may import of the product, itself included. The longest folder that fits a file is its own. */
export const zones = {
  "lib/text": [],
  "lib/dockerfile": ["lib/text"],
  "lib/graph": ["lib/text", "lib/dockerfile"],
  "lib/build": ["lib/text", "lib/dockerfile"],
  "lib/share": ["lib/text", "lib/dockerfile", "lib/build"],
  "lib/learn": ["lib/text", "lib/dockerfile", "lib/graph", "lib/build"],
  // The browser's side of the wire: fetches, so it is no pure folder, and knows no store.
  "lib/share/client": ["lib/share", "lib/build"],
  "lib/store": [...beforeStore, "lib/share/client"],
  "lib/config": [],
  "lib/db": ["lib/config"],
  "lib/build/server": [
    ...["lib/text", "lib/dockerfile", "lib/build", "lib/share"],
    "lib/db",
    "lib/share/server",
  ],
  "lib/share/server": [
    ...["lib/text", "lib/dockerfile", "lib/build", "lib/share"],
    "lib/db",
    "lib/build/server",
  ],
  "lib/http": ["lib/build", "lib/share", "lib/config", "lib/build/server", "lib/share/server"],
  components: [...beforeStore, "lib/share/client", "lib/store"],
  app: ["components", "lib/build", "lib/share", "lib/share/client", "lib/http", "lib/config"],
  // Routes parse, call, respond: of the servers' own folders they use the types.
  "app/api": [
    "lib/build",
    "lib/share",
    "lib/learn",
    "lib/http",
    "lib/config",
    "lib/build/server",
    "lib/share/server",
  ],
  cli: ["lib/text", "lib/dockerfile", "lib/graph"],
  server: [
    "lib/config",
    "lib/db",
    "lib/http",
    "lib/build",
    "lib/share",
    "lib/build/server",
    "lib/share/server",
  ],
};

/** No framework, no machine, no clock, no chance: what these folders return depends on what they are given. */
const pure = ["lib/text", "lib/dockerfile", "lib/graph", "lib/build", "lib/share", "lib/learn"];
const impurePackages =
  /^(react|react-dom|next|zustand|monaco-editor|y-monaco|server-only|@prisma\/|@xyflow\/|node:)/;
const impureCalls = [
  [/(?<![\w.])fetch\(/, "fetch"],
  [/\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/, "clock"],
  [/\bMath\.random\(|\bcrypto\.(randomUUID|getRandomValues)\(/, "randomness"],
  [/(?<![\w.])(setTimeout|setInterval)\(/, "timers"],
];

/** Whose types stop where. */
const confined = [
  [/^@xyflow\//, "components/canvas", "React Flow"],
  [/^(monaco-editor|y-monaco)(\/|$)/, "components/code", "Monaco"],
];

const zoneOf = (path) =>
  Object.keys(zones)
    .filter((zone) => `${path}/`.startsWith(`${zone}/`))
    .sort((a, b) => b.length - a.length)[0];

/**
 * @param {string} path of the file, from the root
 * @param {string} source
 * @returns {{line: number, message: string}[]}
 */
export function checkFile(path, source) {
  const zone = zoneOf(path);
  if (!zone) return [];
  const code = blankComments(source);
  const found = [];
  const report = (offset, message) => found.push({ line: code.slice(0, offset).split("\n").length, message });

  for (const { specifier, offset } of importsOf(code)) {
    const target = targetOf(path, specifier);
    if (target === null) {
      if (pure.includes(zone) && impurePackages.test(specifier))
        report(offset, `${zone} is pure: no ${specifier}`);
      for (const [pattern, home, name] of confined) {
        if (pattern.test(specifier) && zone !== home && !path.startsWith(`${home}/`)) {
          report(offset, `${name} stays in ${home}: no ${specifier} here`);
        }
      }
      continue;
    }
    const other = zoneOf(target);
    if (other && other !== zone && !zones[zone].includes(other))
      report(offset, `${zone} must not import ${other}`);
    if (!other && /^(tests|scripts|bench)\//.test(target))
      report(offset, `the product must not import ${target}`);
  }
  if (pure.includes(zone)) {
    for (const [pattern, name] of impureCalls) {
      const match = pattern.exec(code);
      if (match) report(match.index, `${zone} is pure: no ${name}`);
    }
  }
  return found;
}

/** The path from the root that an import means, or null for a package. */
function targetOf(path, specifier) {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (specifier.startsWith(".")) return posix.normalize(posix.join(posix.dirname(path), specifier));
  return null;
}

function importsOf(code) {
  const pattern = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\(|new URL\()\s*["']([^"'\n]+)["']/g;
  return [...code.matchAll(pattern)].map((match) => ({ specifier: match[1], offset: match.index }));
}

/** Comments become spaces, line breaks stay, so that offsets keep their lines. Strings are left alone. */
function blankComments(source) {
  const pattern = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return source.replace(pattern, (token) => (/^\/[/*]/.test(token) ? token.replace(/[^\n]/g, " ") : token));
}

function* sourceFiles(root, folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== "generated") yield* sourceFiles(root, path);
    } else if (/\.(ts|tsx|mts|mjs)$/.test(entry.name)) yield path;
  }
}

function main() {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
  let files = 0;
  let violations = 0;
  for (const folder of ["lib", "components", "app", "server", "cli"]) {
    for (const path of sourceFiles(root, folder)) {
      files += 1;
      for (const { line, message } of checkFile(path, readFileSync(join(root, path), "utf8"))) {
        violations += 1;
        console.error(`${path}:${line} ${message}`);
      }
    }
  }
  console.log(
    `Imports of ${files} files checked: ${violations === 0 ? "all allowed" : `${violations} forbidden`}.`,
  );
  if (violations > 0) process.exitCode = 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main();
