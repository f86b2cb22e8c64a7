/**
 * The files that a build may read, as fsutil walks them: parents before children, names in byte order, filtered.
 * After tonistiigi/fsutil's `fs.go` and `filter.go`.
 */
import { type BigIntStats, constants, type Dirent } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import path from "node:path";
import { type ParentMatches, PatternMatcher } from "../../context/ignore-patterns";
import { followLinks } from "./follow-links";

export interface TreeEntry {
  /** Relative to the root, slash-separated. */
  path: string;
  /** Bits of Go's os.FileMode. */
  mode: number;
  size: bigint;
  modifiedNs: bigint;
  /** Where a symbolic link points, or the first path of a file with several. */
  link: string;
}

/** Files to be sent under one name of the session. */
export interface FileTree {
  /** The folder on disk; null where there are no files but `extra`. */
  root: string | null;
  /** Files that are sent in place of those on disk, by their path at the root. */
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
  device: 0x0400_0000,
  namedPipe: 0x0200_0000,
  socket: 0x0100_0000,
  setuid: 0x0080_0000,
  setgid: 0x0040_0000,
  characterDevice: 0x0020_0000,
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

/** How many files of a directory are looked at at once. */
const STAT_BATCH = 64;

export async function walkTree(tree: FileTree, filter: TreeFilter, visit: Visit): Promise<void> {
  const followed = filter.followPaths.length > 0 ? await followLinks(tree, filter.followPaths) : null;
  const include = new PatternMatcher([...filter.include, ...(followed ?? [])]);
  const exclude = new PatternMatcher(filter.exclude);
  const firstPathByInode = new Map<bigint, string>();

  async function walk(directory: string, ancestors: Ancestor[]): Promise<void> {
    const parent = ancestors[ancestors.length - 1] ?? null;
    const wanted: Wanted[] = [];
    for (const found of await children(tree, directory)) {
      const included = include.empty ? null : include.match(found.path, parent?.include ?? null);
      const excluded = exclude.empty ? null : exclude.match(found.path, parent?.exclude ?? null);
      const sent = (included?.matched ?? true) && !excluded?.matched;
      const walked =
        found.isDirectory &&
        (included?.matched !== false || include.mayMatchBelow(found.path)) &&
        (excluded?.matched !== true || exclude.mayExceptBelow(found.path));
      if (!sent && !walked) continue;
      wanted.push({
        found,
        sent,
        walked,
        include: included?.matches ?? null,
        exclude: excluded?.matches ?? null,
      });
    }
    for (let start = 0; start < wanted.length; start += STAT_BATCH) {
      const batch = wanted.slice(start, start + STAT_BATCH);
      const entries = await Promise.all(batch.map(({ found }) => found.read()));
      for (const [index, { found, sent, walked, ...matches }] of batch.entries()) {
        const entry = entries[index];
        if (!entry) continue;
        const lineage = [...ancestors, { entry, emitted: false, ...matches }];
        if (sent) {
          for (const above of lineage) {
            if (above.emitted) continue;
            above.emitted = true;
            const inode = above.entry === entry ? found.inode() : null;
            const wait = visit(resolveHardLink(above.entry, inode, firstPathByInode));
            if (wait) await wait;
          }
        }
        if (walked) await walk(found.path, lineage);
      }
    }
  }
  await walk("", []);
}

interface Wanted {
  found: Found;
  /** Taken by the filters itself; a directory may only be on the way to what is. */
  sent: boolean;
  walked: boolean;
  include: ParentMatches | null;
  exclude: ParentMatches | null;
}

interface Found {
  path: string;
  isDirectory: boolean;
  /** Null where it went away meanwhile, or is a socket, which cannot be sent. */
  read(): Promise<TreeEntry | null>;
  /** Set once read, for files with several names. */
  inode(): bigint | null;
}

async function children(tree: FileTree, directory: string): Promise<Found[]> {
  const found: Found[] = [];
  if (directory === "") {
    for (const [name, bytes] of tree.extra ?? []) found.push(extraFile(name, bytes));
  }
  if (tree.root !== null) {
    const entries = await readdir(path.join(tree.root, directory), { withFileTypes: true }).catch(gone);
    for (const entry of entries ?? []) {
      const child = directory === "" ? entry.name : `${directory}/${entry.name}`;
      if (directory === "" && tree.extra?.has(entry.name)) continue;
      found.push(fileOnDisk(tree.root, child, entry));
    }
  }
  return found.sort((left, right) => compareBytes(left.path, right.path));
}

function extraFile(name: string, bytes: Uint8Array): Found {
  const entry = { path: name, mode: 0o644, size: BigInt(bytes.length), modifiedNs: 0n, link: "" };
  return { path: name, isDirectory: false, read: async () => entry, inode: () => null };
}

function fileOnDisk(root: string, child: string, entry: Dirent): Found {
  let inode: bigint | null = null;
  return {
    path: child,
    isDirectory: entry.isDirectory(),
    inode: () => inode,
    async read() {
      const onDisk = path.join(root, child);
      const stats = await lstat(onDisk, { bigint: true }).catch(gone);
      if (!stats || stats.isSocket()) return null;
      const mode = goMode(stats);
      if (stats.nlink > 1n && isRegularFile(mode)) inode = stats.ino;
      return {
        path: child,
        mode,
        size: stats.isDirectory() ? 0n : stats.size,
        modifiedNs: stats.mtimeNs,
        link: stats.isSymbolicLink() ? await readlink(onDisk) : "",
      };
    },
  };
}

/** A file with several names is sent once; the others name the first one that was sent. */
function resolveHardLink(
  entry: TreeEntry,
  inode: bigint | null,
  firstPathByInode: Map<bigint, string>,
): TreeEntry {
  if (inode === null || !isRegularFile(entry.mode)) return entry;
  const first = firstPathByInode.get(inode);
  if (first !== undefined) return { ...entry, link: first, size: 0n };
  firstPathByInode.set(inode, entry.path);
  return entry;
}

function goMode(stats: BigIntStats): number {
  const mode = Number(stats.mode);
  let bits = mode & 0o777;
  if (mode & 0o4000) bits |= GoMode.setuid;
  if (mode & 0o2000) bits |= GoMode.setgid;
  if (mode & 0o1000) bits |= GoMode.sticky;
  const kind = mode & constants.S_IFMT;
  if (kind === constants.S_IFDIR) bits |= GoMode.directory;
  else if (kind === constants.S_IFLNK) bits |= GoMode.symlink;
  else if (kind === constants.S_IFIFO) bits |= GoMode.namedPipe;
  else if (kind === constants.S_IFBLK) bits |= GoMode.device;
  else if (kind === constants.S_IFCHR) bits |= GoMode.device | GoMode.characterDevice;
  return bits >>> 0;
}

function gone(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
  throw error;
}

/** Order of UTF-8 bytes, which the receiver insists on and which is not the order of UTF-16 code units. */
function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
