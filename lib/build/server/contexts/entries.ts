/** A build context as it is kept: a list of what is in it, where contents go by their hash. */
import { createHash } from "node:crypto";

export interface StoredEntry {
  /** Relative, with slashes. */
  path: string;
  kind: "file" | "folder" | "link";
  /** 0 for anything but a file. */
  bytes: number;
  /** Permission bits. */
  mode: number;
  /** Milliseconds since 1970. */
  modified: number;
  /** Where a link points; of a link only. */
  link?: string;
  /** SHA-256 of the content, hex; of a file only. */
  blob?: string;
}

/** Depth first, by name: the same order everywhere. */
export function inOrder<Entry extends { path: string }>(entries: readonly Entry[]): Entry[] {
  // No name has a NUL, so that what is in a folder comes right behind it.
  const keyed = entries.map((entry) => ({ entry, key: entry.path.replaceAll("/", "\0") }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ entry }) => entry);
}

export interface ContextDigest {
  /** A name for exactly these paths, modes and contents. */
  id: string;
  /** Files and links. */
  files: number;
  bytes: number;
  /** By path, a name for each entry's kind, mode and content. */
  hashes: Map<string, string>;
}

/** Of entries in order. Times are no part of it, as they are none of BuildKit's cache. */
export function digestEntries(entries: readonly StoredEntry[]): ContextDigest {
  const tree = createHash("sha256");
  const hashes = new Map<string, string>();
  let files = 0;
  let bytes = 0;
  for (const entry of entries) {
    const what = `${entry.kind} ${entry.mode.toString(8)} ${contentOf(entry)}`;
    tree.update(`${what} ${entry.path}\0`);
    hashes.set(entry.path, createHash("sha256").update(what).digest("hex").slice(0, 16));
    if (entry.kind === "folder") continue;
    files += 1;
    bytes += entry.bytes;
  }
  return { id: tree.digest("hex"), files, bytes, hashes };
}

function contentOf({ kind, link, blob }: StoredEntry): string {
  if (kind === "folder") return "-";
  return kind === "link"
    ? createHash("sha256")
        .update(link ?? "")
        .digest("hex")
    : (blob ?? "");
}
