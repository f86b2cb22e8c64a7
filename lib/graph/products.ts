/**
 * What a stage likely makes, and where another would want it: guesses for the paths of a new COPY. They fill in a
 * form and are never taken for the truth; nothing is run or looked up.
 */
import type { Dockerfile, Instruction, Stage } from "../dockerfile";

/** Best guess first. A path with a trailing slash is a folder. */
export interface PathGuesses {
  sources: string[];
  destinations: string[];
}

/** Build tools that write to a known place below their working folder, unless told otherwise. */
const TOOL_OUTPUTS: readonly [command: RegExp, output: string][] = [
  [/\bgo install\b/, "/go/bin/"],
  [/\bcargo build\b.*--release/, "target/release/"],
  [/\bcargo install\b/, "/usr/local/cargo/bin/"],
  [/\b(?:mvn|mvnw)\b.*\b(?:package|install|verify)\b/, "target/"],
  [/\b(?:gradle|gradlew)\b.*\b(?:build|assemble|bootJar|installDist)\b/, "build/libs/"],
  [/\b(?:npm|pnpm|yarn|bun)(?: run)? build\b/, "dist/"],
  [/\b(?:npm|pnpm|yarn) (?:ci|install)\b/, "node_modules/"],
  [/\bhugo\b/, "public/"],
  [/\bpython3? -m venv (\S+)/, "$1/"],
  [/\bcomposer install\b/, "vendor/"],
];

/** `-o FILE` of compilers, `--output`, `--outfile`, `--prefix` and their kin. */
const OUTPUT_OPTION =
  /(?:^|\s)(?:-o|--output|--outfile|--out|--outdir|--out-dir|--target-dir|--prefix)[=\s]\s*("[^"]+"|'[^']+'|[^\s;&|]+)/g;

/** Images that people copy one certain thing from. */
const IMAGE_PRODUCTS: readonly [name: RegExp, path: string][] = [
  [/(?:^|\/)nginx$/, "/etc/nginx/mime.types"],
  [/(?:^|\/)busybox$/, "/bin/busybox"],
  [/(?:^|\/)uv$/, "/uv"],
  [/(?:^|\/)composer$/, "/usr/bin/composer"],
  [/(?:^|\/)golang$/, "/usr/local/go/"],
  [/(?:^|\/)node$/, "/usr/local/bin/node"],
  [/(?:^|\/)(?:alpine|debian|ubuntu)$/, "/etc/ssl/certs/"],
];

/** Guesses for `COPY --from=<from> SOURCES DESTINATION` in stage `to`. */
export function guessPaths(
  tree: Dockerfile,
  from: { kind: "stage"; index: number } | { kind: "image"; ref: string },
  to: number,
): PathGuesses {
  const sources = from.kind === "stage" ? productsOfStage(tree, from.index) : productsOfImage(from.ref);
  return { sources, destinations: destinationsFor(tree, to, sources[0]!) };
}

/** Guesses for `RUN --mount=type=bind,from=<from>,source=SOURCE,target=DESTINATION`: the same place, or below /mnt. */
export function guessMount(
  tree: Dockerfile,
  from: { kind: "stage"; index: number } | { kind: "image"; ref: string },
): PathGuesses {
  const found = from.kind === "stage" ? productsOfStage(tree, from.index) : productsOfImage(from.ref);
  const sources = distinct(found.map((path) => (path === "/" ? path : path.replace(/\/$/, ""))));
  const [first] = sources;
  const basename = first!.split("/").findLast((part) => part !== "");
  // Nothing can be mounted over the root.
  const destinations = first === "/" ? ["/mnt"] : [first!, `/mnt/${basename}`, "/mnt"];
  return { sources, destinations };
}

export function productsOfImage(ref: string): string[] {
  const name = ref.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
  return distinct([...IMAGE_PRODUCTS.filter(([pattern]) => pattern.test(name)).map(([, path]) => path), "/"]);
}

/** Last made first; then what it fetched from others; then where it worked; the whole filesystem last, as it is always there. */
export function productsOfStage(tree: Dockerfile, index: number): string[] {
  const { products, workdir } = walk(tree, index);
  const folder = workdir === "/" ? [] : [`${workdir}/`];
  const fetched = ancestry(tree, index)
    .flatMap(({ copies }) => copies)
    .flatMap(({ destination }) => (destination?.startsWith("/") ? [destination] : []));
  return distinct([...products.reverse(), ...fetched.reverse(), ...folder, "/"]);
}

/** A path that instructions likely make, and what speaks for it, in a few words. */
export interface Product {
  path: string;
  why: string;
  /** the rest of the stage says the path */
  named: boolean;
}

/**
 * What instructions `[from, to)` of a stage likely leave behind for the rest of it: what their commands and copies say
 * that they write, and the folder of a command that does not say. What the rest names comes first.
 */
export function productsOfRows(tree: Dockerfile, index: number, from: number, to: number): Product[] {
  const stage = tree.stages[index];
  if (stage === undefined) return [];
  const below = ancestry(tree, index).filter((each) => each !== stage);
  let folder = below.reduce((at, each) => each.instructions.reduce(workdirBehind, at), "/");
  const found: Omit<Product, "named">[] = [];
  for (const [nth, instruction] of stage.instructions.entries()) {
    folder = workdirBehind(folder, instruction);
    if (nth >= from && nth < to) found.push(...productsOfInstruction(tree, instruction, folder));
  }
  const rest = stage.instructions.slice(to);
  const products = found
    .filter(({ path }, at) => path !== "/" && found.findIndex((each) => each.path === path) === at)
    .filter(({ path }) => !found.some((other) => other.path !== path && within(path, other.path)))
    .map(({ path, why }) => {
      const user = rest.find(({ text }) => text.includes(path.replace(/\/$/, "")));
      return user
        ? { path, why: `${why}; line ${user.startLine} (${user.keyword}) names it`, named: true }
        : { path, why, named: false };
    });
  return products.toSorted((a, b) => Number(b.named) - Number(a.named));
}

const within = (path: string, folder: string) =>
  folder !== "/" && path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);

function workdirBehind(folder: string, { keyword, args }: Instruction): string {
  const path = keyword === "WORKDIR" ? literal(args[0]?.value ?? "") : null;
  return path === null ? folder : resolve(folder, path);
}

function productsOfInstruction(
  tree: Dockerfile,
  instruction: Instruction,
  folder: string,
): Omit<Product, "named">[] {
  const { keyword, args, startLine } = instruction;
  if (keyword === "COPY" || keyword === "ADD") {
    const path = literal(args.at(-1)?.value ?? "");
    return path === null
      ? []
      : [{ path: resolve(folder, path), why: `line ${startLine} (${keyword}) puts files there` }];
  }
  if (keyword !== "RUN") return [];
  const outputs = outputsOf(commandOf(tree, instruction), folder);
  if (outputs.length > 0)
    return outputs.map((path) => ({ path, why: `line ${startLine} (RUN) writes there` }));
  if (folder === "/") return [];
  return [
    { path: `${folder}/`, why: `line ${startLine} (RUN) works there, and does not say what it writes` },
  ];
}

function walk(tree: Dockerfile, index: number): { products: string[]; workdir: string } {
  const products: string[] = [];
  let workdir = "/";
  for (const instruction of ancestry(tree, index).flatMap(({ instructions }) => instructions)) {
    if (instruction.keyword === "WORKDIR") {
      const path = literal(instruction.args[0]?.value ?? "");
      if (path !== null) workdir = resolve(workdir, path);
    }
    if (instruction.keyword !== "RUN") continue;
    const command = commandOf(tree, instruction);
    products.push(...outputsOf(command, workdir));
  }
  return { products, workdir };
}

/** Where a command that runs in a folder is known to write to. */
function outputsOf(command: string, folder: string): string[] {
  const products: string[] = [];
  for (const [pattern, output] of TOOL_OUTPUTS) {
    const match = pattern.exec(command);
    if (match) products.push(resolve(folder, output.replace("$1", match[1] ?? "")));
  }
  for (const [, path] of command.matchAll(OUTPUT_OPTION)) {
    const clean = literal(path ?? "");
    // /dev/null and a lone dash are where output goes to be forgotten
    if (clean && clean !== "-" && !clean.startsWith("/dev/")) products.push(resolve(folder, clean));
  }
  return products;
}

/** The stage and the stages it is built on, oldest first. A cycle in broken text ends the walk. */
function ancestry(tree: Dockerfile, index: number): Stage[] {
  const chain: Stage[] = [];
  let stage = tree.stages[index];
  while (stage && !chain.includes(stage)) {
    chain.unshift(stage);
    const { target } = stage.base;
    stage = target.kind === "stage" ? tree.stages[target.index] : undefined;
  }
  return chain;
}

function destinationsFor(tree: Dockerfile, to: number, source: string): string[] {
  const { workdir } = walk(tree, to);
  const stage = tree.stages[to];
  const folder = source.endsWith("/");
  const basename = source.split("/").findLast((part) => part !== "") ?? "";
  const copies = stage?.instructions.filter(({ keyword }) => keyword === "COPY" || keyword === "ADD") ?? [];
  const taken = new Set(copies.map(({ args }) => args.at(-1)?.value));
  const started = stage?.instructions.flatMap(startedProgram).filter((path) => !taken.has(path)) ?? [];
  return distinct([
    ...(folder ? [] : started),
    ...(workdir === "/" ? [] : ["./"]),
    ...(basename === "" || folder
      ? []
      : [`/${basename}`, "/usr/local/bin/"].filter((path) => !taken.has(path))),
    source,
  ]);
}

/** What ENTRYPOINT or CMD starts by its full path: that file has to come from somewhere. */
function startedProgram({ keyword, args, json }: Instruction): string[] {
  if (keyword !== "ENTRYPOINT" && keyword !== "CMD") return [];
  const program = json ? args[0]?.value : args[0]?.value.split(/\s/)[0];
  return program?.startsWith("/") ? [program] : [];
}

function commandOf(tree: Dockerfile, { args, heredocs }: Instruction): string {
  const bodies = heredocs.map(({ bodyRange }) => tree.source.slice(bodyRange.start, bodyRange.end));
  return [...args.map(({ value }) => value), ...bodies].join("\n");
}

/** The word without its quotes; null where a variable makes it unknown. */
function literal(word: string): string | null {
  const bare = word.replace(/^(["'])(.*)\1$/, "$2");
  return bare.includes("$") ? null : bare;
}

/** `path` seen from `folder`, without `.` and `..`; a trailing slash stays. */
export function resolve(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${path.startsWith("/") ? "" : folder}/${path}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const joined = `/${parts.join("/")}`;
  return path.endsWith("/") && joined !== "/" ? `${joined}/` : joined;
}

function distinct(paths: string[]): string[] {
  return [...new Set(paths)];
}
