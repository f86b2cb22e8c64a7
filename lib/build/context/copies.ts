/**
 * What every COPY and ADD will take from the build context, before anything is built: after
 * frontend/dockerfile/dockerfile2llb/convert_copy.go and tonistiigi/fsutil's copy.
 */
import { type Dockerfile, type EvaluateOptions, evaluate, type Instruction } from "../../dockerfile";
import { nearest } from "../../dockerfile/suggest";
import type { TextRange } from "../../text";
import { type ContextNode, type ContextTree, isSent, lookUp } from "./context-tree";
import {
  cleanPath,
  compileGlob,
  InvalidPatternError,
  type ParentMatches,
  PatternMatcher,
} from "./ignore-patterns";

export interface CopySource {
  /** Variables expanded. */
  text: string;
  /** The word in the Dockerfile. */
  range: TextRange;
  files: number;
  bytes: number;
  /** Why it takes nothing, where it takes nothing. A wildcard without a match is no error to BuildKit; the others are. */
  problem: "missing" | "ignored" | "noMatch" | "badPattern" | null;
  /** A name that is there and nearly the same, where the source is missing. */
  nearest: string | null;
}

export interface CopyPreview {
  stage: number;
  instruction: number;
  /** Of the instruction, as the card shows it: the figures are of these words. */
  text: string;
  line: number;
  /** Only those that come from the context; URLs, Git repositories and heredocs are not known before a build. */
  sources: CopySource[];
  files: number;
  bytes: number;
  /** The first of them, in the order of the listing. */
  taken: { path: string; bytes: number }[];
}

/** How many files a preview names. */
export const NAMED_FILES = 100;

/**
 * `named` is how many of the files each preview names. `from` is the name of the context that `context` is, as options
 * give it; null for the build context itself.
 */
export function copyPreviews(
  tree: Dockerfile,
  options: EvaluateOptions,
  context: ContextTree,
  named = NAMED_FILES,
  from: string | null = null,
): CopyPreview[] {
  const previews: CopyPreview[] = [];
  evaluate(tree, options, ({ node, at, words }) => {
    if (node !== at || node.stage === null || (node.keyword !== "COPY" && node.keyword !== "ADD")) return;
    const source = node.flags.findLast(({ name }) => name === "from")?.value?.toLowerCase() ?? null;
    if (source !== (from?.toLowerCase() ?? null)) return;
    const sources = words.slice(0, -1).flatMap((text, index) => {
      if (isRemote(text) || text.startsWith("<<")) return [];
      const argument = words.length === node.args.length ? node.args[index] : undefined;
      return [{ text, range: argument?.range ?? node.range }];
    });
    if (sources.length > 0) previews.push(preview(node, sources, context, named));
  });
  return previews;
}

const isRemote = (source: string) => /^(?:https?:\/\/|git:\/\/|ssh:\/\/|git@)/.test(source);

function preview(
  node: Instruction,
  sources: readonly Pick<CopySource, "text" | "range">[],
  context: ContextTree,
  named: number,
): CopyPreview {
  const parents = node.flags.some(({ name, value }) => name === "parents" && value !== "false");
  const exclude = node.flags.flatMap(({ name, value }) => (name === "exclude" && value ? [value] : []));
  const taken = new Taken(named);
  const list = sources.map(({ text, range }): CopySource => {
    const before = { files: taken.files, bytes: taken.bytes };
    let problem: CopySource["problem"];
    try {
      const filter = new PatternMatcher(exclude);
      problem = parents ? takeParents(text, filter, context, taken) : take(text, filter, context, taken);
    } catch (error) {
      if (!(error instanceof InvalidPatternError) && !(error instanceof SyntaxError)) throw error;
      problem = "badPattern";
    }
    const files = taken.files - before.files;
    return {
      text,
      range,
      files,
      bytes: taken.bytes - before.bytes,
      problem,
      nearest: problem === "missing" ? nearestName(text, context) : null,
    };
  });
  return {
    stage: node.stage!,
    instruction: node.indexInStage,
    text: node.text,
    line: node.startLine,
    sources: list,
    files: taken.files,
    bytes: taken.bytes,
    taken: taken.named,
  };
}

/** Each file once, whatever the number of sources that take it. */
class Taken {
  files = 0;
  bytes = 0;
  readonly named: { path: string; bytes: number }[] = [];
  private readonly seen = new Set<ContextNode>();

  constructor(private readonly most: number) {}

  /** A file, or all that is sent of a folder. */
  add(node: ContextNode): void {
    walk(node, (file) => {
      if (this.seen.has(file) || file.ignored) return;
      this.seen.add(file);
      this.files += 1;
      this.bytes += file.bytes;
      if (this.named.length < this.most) this.named.push({ path: file.path, bytes: file.bytes });
    });
  }
}

function walk(from: ContextNode, visit: (file: ContextNode) => void): void {
  const open = [from];
  for (let node = open.pop(); node; node = open.pop()) {
    if (!node.children) visit(node);
    else open.push(...[...node.children.values()].reverse());
  }
}

function take(
  text: string,
  filter: PatternMatcher,
  context: ContextTree,
  taken: Taken,
): CopySource["problem"] {
  const path = relative(text);
  const wild = path.split("/").findIndex(hasWildcard);
  if (wild === -1) {
    const found = lookUp(context, path);
    if (!found) return "missing";
    if (!isSent(found) && found !== context.root) return "ignored";
    takeNode(found, filter, taken);
    return null;
  }
  const parts = path.split("/");
  const folder = lookUp(context, parts.slice(0, wild).join("/"));
  if (!folder?.children) return "noMatch";
  const matches = matching(folder, parts.slice(wild));
  const sent = matches.filter(isSent);
  for (const node of sent) takeNode(node, filter, taken);
  return sent.length > 0 ? null : "noMatch";
}

/** fsutil's resolveWildcards: whole paths below the folder, one element of the pattern for each of theirs. */
function matching(folder: ContextNode, patterns: readonly string[]): ContextNode[] {
  let level = [folder];
  for (const pattern of patterns) {
    const matches = compileGlob(pattern);
    level = level.flatMap((node) => [...(node.children?.values() ?? [])].filter(({ name }) => matches(name)));
  }
  return level;
}

function takeNode(node: ContextNode, filter: PatternMatcher, taken: Taken): void {
  if (!node.children || filter.empty) {
    taken.add(node);
    return;
  }
  takeFiltered(
    node,
    node.path,
    (path, parent) => {
      const { matched, matches } = filter.match(path, parent);
      return { matched: !matched, matches };
    },
    taken,
  );
}

type Filter = (path: string, parent: ParentMatches | null) => { matched: boolean; matches: ParentMatches };

function takeFiltered(top: ContextNode, prefix: string, filter: Filter, taken: Taken): void {
  const open: { node: ContextNode; parent: ParentMatches | null }[] = [{ node: top, parent: null }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, parent } = next;
    let matches = parent;
    if (node !== top) {
      const result = filter(node.path.slice(prefix === "" ? 0 : prefix.length + 1), parent);
      matches = result.matches;
      if (!node.children && result.matched) taken.add(node);
    }
    const below = [...(node.children?.values() ?? [])].reverse();
    for (const child of below) open.push({ node: child, parent: matches });
  }
}

/** COPY --parents: the source is a pattern below its pivot (`/./`), or below the context. */
function takeParents(
  text: string,
  filter: PatternMatcher,
  context: ContextTree,
  taken: Taken,
): CopySource["problem"] {
  const pivot = text.indexOf("/./");
  const top = lookUp(context, pivot === -1 ? "" : relative(text.slice(0, pivot)));
  const pattern = relative(pivot === -1 ? text : text.slice(pivot + 3));
  const required = !hasWildcard(text);
  if (!top?.children) return required ? "missing" : "noMatch";
  if (required) {
    const found = lookUp(context, `${top.path}/${pattern}`, false);
    if (!found) return "missing";
    if (!isSent(found)) return "ignored";
  }
  const include = new PatternMatcher([pattern === "" ? "**" : pattern]);
  const before = taken.files;
  takeFiltered(
    top,
    top.path,
    (path, parent) => {
      // Both lists remember what they matched of the parents, one behind the other.
      const included = include.match(path, parent?.slice(0, 1) ?? null);
      const excluded = filter.match(path, parent?.slice(1) ?? null);
      return {
        matched: included.matched && !excluded.matched,
        matches: [...included.matches, ...excluded.matches],
      };
    },
    taken,
  );
  return taken.files > before || required ? null : "noMatch";
}

/** Sources are below the context, whatever they say: `/a`, `./a` and `../a` all mean `a`. */
const relative = (source: string) => cleanPath(`/${source}`).slice(1);

/** `*`, `?` or `[` that no backslash takes back (convert_copy.go, containsWildcards). */
function hasWildcard(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if ("*?[".includes(text[index]!)) return true;
  }
  return false;
}

/** The deepest folder that is there, and in it the name most like the first that is not. */
function nearestName(source: string, context: ContextTree): string | null {
  const parts = relative(source).split("/");
  for (let depth = parts.length - 1; depth >= 0; depth--) {
    const folder = lookUp(context, parts.slice(0, depth).join("/"));
    if (!folder?.children) continue;
    const wanted = parts[depth]!;
    // It is there, but is no folder.
    if (folder.children.has(wanted)) return null;
    const names = [...folder.children.keys()];
    const alike = names.find((name) => name.toLowerCase() === wanted.toLowerCase());
    const match = alike ?? nearest(wanted, names.slice(0, 2_000), true);
    return match ? [...parts.slice(0, depth), match, ...parts.slice(depth + 1)].join("/") : null;
  }
  return null;
}
