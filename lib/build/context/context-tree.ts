/**
 * The files of a build context as a tree, with what its ignore file keeps out: what COPY and ADD can take from, known
 * before anything is built.
 */
import { readIgnoreFile } from "./ignore-file";
import { InvalidPatternError, type ParentMatches, PatternMatcher } from "./ignore-patterns";

/** As the server lists it. Parents come before their children; folders need not be named. */
export interface ContextEntry {
  /** Relative, with slashes. */
  path: string;
  kind: "file" | "folder" | "link";
  bytes: number;
  /** Where a link points; else absent. */
  link?: string;
}

export interface ContextNode {
  name: string;
  path: string;
  kind: "file" | "folder" | "link";
  bytes: number;
  link: string | null;
  /** The ignore file keeps it out of the build. A folder may be kept out and hold what an exception lets in. */
  ignored: boolean;
  /** By name, in the order of the listing; null for what is no folder. */
  children: Map<string, ContextNode> | null;
  /** What a copy of it takes: files and links below, or itself. Without what is ignored. */
  files: number;
  total: number;
}

export interface ContextTree {
  root: ContextNode;
  /** Files and links of all, and how many of them the ignore file keeps out. */
  counts: { files: number; bytes: number; ignoredFiles: number; ignoredBytes: number };
  /** A pattern of the ignore file that BuildKit refuses; nothing is ignored then. */
  problem: string | null;
}

/** `ignore` is the text of the ignore file, null without one. */
export function contextTree(entries: readonly ContextEntry[], ignore: string | null): ContextTree {
  let matcher: PatternMatcher | null = null;
  let problem: string | null = null;
  try {
    if (ignore !== null) matcher = new PatternMatcher(readIgnoreFile(ignore));
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    problem = error.message;
  }
  const root = node("", "", "folder", 0, null);
  for (const entry of entries) insert(root, entry);
  const counts = { files: 0, bytes: 0, ignoredFiles: 0, ignoredBytes: 0 };
  weigh(root, matcher?.empty === false ? matcher : null, null, counts);
  return { root, counts, problem };
}

function node(
  name: string,
  path: string,
  kind: ContextNode["kind"],
  bytes: number,
  link: string | null,
): ContextNode {
  const children = kind === "folder" ? new Map() : null;
  return { name, path, kind, bytes, link, ignored: false, children, files: 0, total: 0 };
}

function insert(root: ContextNode, { path, kind, bytes, link }: ContextEntry): void {
  const parts = path.split("/").filter((part) => part !== "");
  const name = parts.pop();
  if (name === undefined) return;
  let folder = root;
  for (const part of parts) {
    let next = folder.children!.get(part);
    if (!next) {
      next = node(part, join(folder.path, part), "folder", 0, null);
      folder.children!.set(part, next);
    }
    // A listing that has a file for a folder says nothing that can be drawn.
    if (!next.children) return;
    folder = next;
  }
  const present = folder.children!.get(name);
  if (present?.children && kind === "folder") return;
  folder.children!.set(name, node(name, join(folder.path, name), kind, bytes, link ?? null));
}

/** Bottom up; iterative, since a context may be deeper than the stack. */
function weigh(
  root: ContextNode,
  matcher: PatternMatcher | null,
  top: ParentMatches | null,
  counts: ContextTree["counts"],
): void {
  const order: { at: ContextNode; parent: ContextNode | null }[] = [];
  const open: { at: ContextNode; parent: ContextNode | null; matches: ParentMatches | null }[] = [
    { at: root, parent: null, matches: top },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const { at, parent } = next;
    let matches = next.matches;
    if (matcher && parent) {
      const result = matcher.match(at.path, matches);
      at.ignored = result.matched;
      matches = result.matches;
    }
    order.push({ at, parent });
    for (const child of at.children?.values() ?? []) open.push({ at: child, parent: at, matches });
  }
  for (const { at, parent } of order.reverse()) {
    if (!at.children) {
      counts.files += 1;
      counts.bytes += at.bytes;
      if (at.ignored) {
        counts.ignoredFiles += 1;
        counts.ignoredBytes += at.bytes;
      } else {
        at.files = 1;
        at.total = at.bytes;
      }
    }
    if (parent) {
      parent.files += at.files;
      parent.total += at.total;
    }
  }
}

/** Whether a build gets to see it: not ignored, or with something below that is not. */
export const isSent = (node: ContextNode): boolean =>
  !node.ignored || (node.children !== null && node.files > 0);

/** The node at a path of literal parts, links on the way followed within the context; null where there is none. */
export function lookUp(tree: ContextTree, path: string, follow = true): ContextNode | null {
  const parts = path.split("/");
  let at: ContextNode[] = [tree.root];
  for (let left = 40; parts.length > 0; ) {
    const part = parts.shift()!;
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (at.length > 1) at.pop();
      continue;
    }
    const next = at.at(-1)!.children?.get(part);
    if (!next) return null;
    if (next.kind === "link" && (follow || parts.some((each) => each !== ""))) {
      // As many links as Linux follows, so that a circle ends.
      if (left-- === 0 || next.link === null) return null;
      if (next.link.startsWith("/")) at = [tree.root];
      parts.unshift(...next.link.split("/"));
      continue;
    }
    at.push(next);
  }
  return at.at(-1)!;
}

const join = (folder: string, name: string) => (folder === "" ? name : `${folder}/${name}`);
