/** What is in a folder on disk: listed, hashed. Links are named, never followed. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";

export interface FolderEntry {
  /** Relative to the folder, with slashes. */
  path: string;
  type: "file" | "folder" | "link";
  /** 0 for anything but a file. */
  bytes: number;
  /** Permission bits. */
  mode: number;
}

/** Depth first, by name: the same order everywhere. */
export async function* walkFolder(root: string, prefix = ""): AsyncGenerator<FolderEntry> {
  const names = (await readdir(join(root, prefix))).sort();
  for (const name of names) {
    const path = prefix === "" ? name : `${prefix}/${name}`;
    const status = await lstat(join(root, path));
    const mode = status.mode & 0o777;
    if (status.isDirectory()) {
      yield { path, type: "folder", bytes: 0, mode };
      yield* walkFolder(root, path);
    } else if (status.isSymbolicLink()) {
      yield { path, type: "link", bytes: 0, mode: 0o777 };
    } else if (status.isFile()) {
      yield { path, type: "file", bytes: status.size, mode };
    }
  }
}

export interface FolderDigest {
  /** A name for exactly these paths, modes and contents. */
  id: string;
  /** Files and links. */
  files: number;
  bytes: number;
  /** By path, a name for each entry's kind, mode and content. */
  hashes: Map<string, string>;
}

export async function digestFolder(root: string): Promise<FolderDigest> {
  const tree = createHash("sha256");
  const hashes = new Map<string, string>();
  let files = 0;
  let bytes = 0;
  for await (const entry of walkFolder(root)) {
    const content = await digestEntry(root, entry);
    const what = `${entry.type} ${entry.mode.toString(8)} ${content}`;
    tree.update(`${what} ${entry.path}\0`);
    hashes.set(entry.path, createHash("sha256").update(what).digest("hex").slice(0, 16));
    if (entry.type === "folder") continue;
    files += 1;
    bytes += entry.bytes;
  }
  return { id: tree.digest("hex"), files, bytes, hashes };
}

async function digestEntry(root: string, entry: FolderEntry): Promise<string> {
  if (entry.type === "folder") return "-";
  const hash = createHash("sha256");
  if (entry.type === "link") return hash.update(await readlink(join(root, entry.path))).digest("hex");
  for await (const part of createReadStream(join(root, entry.path))) hash.update(part as Buffer);
  return hash.digest("hex");
}
