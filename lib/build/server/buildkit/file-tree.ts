/**
 * The files that a build may read, as fsutil walks them: parents before children, names in byte order, filtered.
 * After tonistiigi/fsutil's `fs.go` and `filter.go`.
 */
import { type ParentMatches, PatternMatcher } from "../../context/ignore-patterns";
import type { ContextFolder, FolderFile } from "../contexts/folder";
import { followLinks } from "./follow-links";

export interface TreeEntry {
  /** Relative to the root, slash-separated. */
  path: string;
  /** Bits of Go's os.FileMode. */
  mode: number;
  size: bigint;
  modifiedNs: bigint;
  /** Where a symbolic link points. */
  link: string;
  /** Where its content is: on disk, or here. Null for what is no file. */
  content: string | Uint8Array | null;
}

/** Files to be sent under one name of the session. */
export interface FileTree {
  /** Null where there are no files but `extra`. */
  root: ContextFolder | null;
  /** Files that are sent in place of others, by their path at the root. */
  extra?: ReadonlyMap<string, Uint8Array>;
}

export interface TreeFilter {
  include: readonly string[];
  exclude: readonly string[];
  followPaths: readonly string[];
}

/** Bits of Go's os.FileMode beside the permissions. */
export const GoMode = {
  directory: 0x8000_0000,
  symlink: 0x0800_0000,
  setuid: 0x0080_0000,
  setgid: 0x0040_0000,
  sticky: 0x0010_0000,
} as const;

export const isRegularFile = (mode: number) => (mode & 0x8f28_0000) === 0;

interface Ancestor {
  entry: TreeEntry;
  emitted: boolean;
  include: ParentMatches | null;
  exclude: ParentMatches | null;
}

/** Called for each entry in order; where it returns a promise, the walk waits for it. */
export type Visit = (entry: TreeEntry) => Promise<void> | undefined;

export async function walkTree(tree: FileTree, filter: TreeFilter, visit: Visit): Promise<void> {
  const followed = filter.followPaths.length > 0 ? followLinks(tree, filter.followPaths) : null;
  const include = new PatternMatcher([...filter.include, ...(followed ?? [])]);
  const exclude = new PatternMatcher(filter.exclude);

  async function walk(directory: string, ancestors: Ancestor[]): Promise<void> {
    const parent = ancestors[ancestors.length - 1] ?? null;
    for (const entry of children(tree, directory)) {
      const included = include.empty ? null : include.match(entry.path, parent?.include ?? null);
      const excluded = exclude.empty ? null : exclude.match(entry.path, parent?.exclude ?? null);
      const sent = (included?.matched ?? true) && !excluded?.matched;
      // A directory may only be on the way to what is sent.
      const walked =
        isDirectory(entry.mode) &&
        (included?.matched !== false || include.mayMatchBelow(entry.path)) &&
        (excluded?.matched !== true || exclude.mayExceptBelow(entry.path));
      if (!sent && !walked) continue;
      const matches = { include: included?.matches ?? null, exclude: excluded?.matches ?? null };
      const lineage = [...ancestors, { entry, emitted: false, ...matches }];
      if (sent) {
        for (const above of lineage) {
          if (above.emitted) continue;
          above.emitted = true;
          const wait = visit(above.entry);
          if (wait) await wait;
        }
      }
      if (walked) await walk(entry.path, lineage);
    }
  }
  await walk("", []);
}

function children(tree: FileTree, directory: string): TreeEntry[] {
  const found = (tree.root?.children(directory) ?? []).map(toEntry);
  if (directory !== "" || !tree.extra) return found.sort(byBytes);
  const others = found.filter(({ path }) => !tree.extra?.has(path));
  for (const [name, bytes] of tree.extra) others.push(extraFile(name, bytes));
  return others.sort(byBytes);
}

function extraFile(name: string, content: Uint8Array): TreeEntry {
  return { path: name, mode: 0o644, size: BigInt(content.length), modifiedNs: 0n, link: "", content };
}

function toEntry({ path, kind, bytes, mode, modified, link, content }: FolderFile): TreeEntry {
  return {
    path,
    mode: goMode(kind, mode),
    size: BigInt(kind === "link" ? Buffer.byteLength(link ?? "") : bytes),
    modifiedNs: BigInt(Math.round(modified * 1_000)) * 1_000n,
    link: link ?? "",
    content: content ?? null,
  };
}

function goMode(kind: FolderFile["kind"], mode: number): number {
  let bits = mode & 0o777;
  if (mode & 0o4000) bits |= GoMode.setuid;
  if (mode & 0o2000) bits |= GoMode.setgid;
  if (mode & 0o1000) bits |= GoMode.sticky;
  if (kind === "folder") bits |= GoMode.directory;
  else if (kind === "link") bits |= GoMode.symlink;
  return bits >>> 0;
}

const isDirectory = (mode: number) => (mode & GoMode.directory) !== 0;

/** Order of UTF-8 bytes, which the receiver insists on and which is not the order of UTF-16 code units. */
function byBytes(left: TreeEntry, right: TreeEntry): number {
  return Buffer.compare(Buffer.from(left.path), Buffer.from(right.path));
}
