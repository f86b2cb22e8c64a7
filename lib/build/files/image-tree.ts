/**
 * All files that an image's layers ever had, as one tree: each path with its versions, from which layer on there was
 * one and which layer hid it. What a layer did, what the image holds and what is wasted are all read from it.
 */
import { type FileKind, type LayerEntry, whiteoutOf } from "./entries";

export interface FileVersion {
  kind: FileKind;
  bytes: number;
  mode: number;
  link: string | null;
  /** The layer that wrote it, from 0. */
  from: number;
  /** The later layer that wrote it anew or removed it; null for what the image holds in the end. */
  to: number | null;
}

export interface FileNode {
  name: string;
  /** Of every layer. */
  children: Map<string, FileNode>;
  /** Oldest first; only the last can be there in the end. */
  versions: FileVersion[];
}

const newNode = (name: string): FileNode => ({ name, children: new Map(), versions: [] });
const FOLDER: Omit<FileVersion, "from" | "to"> = { kind: "folder", bytes: 0, mode: 0o755, link: null };

/** The version that is there after the layers applied so far. */
export function liveVersion({ versions }: FileNode): FileVersion | null {
  const last = versions.at(-1);
  return last && last.to === null ? last : null;
}

/** Layers are put on each other from the first; the order within one does not matter. */
export function imageTree(layers: readonly (readonly LayerEntry[])[]): FileNode {
  const root = newNode("");
  layers.forEach((entries, layer) => {
    const files: LayerEntry[] = [];
    // Whiteouts are about lower layers only, wherever they stand in the tar.
    for (const entry of entries) {
      const whiteout = whiteoutOf(entry.path);
      if (whiteout === null) files.push(entry);
      else if (whiteout.kind === "removed") hideAt(root, whiteout.path, layer);
      else if (whiteout.kind === "opaque") hideIn(root, whiteout.path, layer);
    }
    for (const entry of files) if (entry.path !== "") put(folderOf(root, entry.path, layer), entry, layer);
  });
  return root;
}

/** What is at that path in any layer. */
export function nodeAt(root: FileNode, path: string): FileNode | null {
  let node: FileNode | undefined = root;
  for (const name of path === "" ? [] : path.split("/")) node = node?.children.get(name);
  return node ?? null;
}

function hideAt(root: FileNode, path: string, layer: number): void {
  const node = nodeAt(root, path);
  if (node) hide(node, layer);
}

function hideIn(root: FileNode, path: string, layer: number): void {
  for (const child of nodeAt(root, path)?.children.values() ?? []) hide(child, layer);
}

/** A file or a whole folder, as far as it is there. */
function hide(node: FileNode, layer: number): void {
  const live = liveVersion(node);
  if (live && live.from < layer) live.to = layer;
  for (const child of node.children.values()) hide(child, layer);
}

/** The folder that an entry is in. Those that no tar names are made as an engine makes them. */
function folderOf(root: FileNode, path: string, layer: number): { folder: FileNode; name: string } {
  const names = path.split("/");
  const name = names.pop()!;
  let folder = root;
  for (const each of names) {
    const child = childOf(folder, each);
    if (liveVersion(child)?.kind !== "folder") write(child, FOLDER, layer);
    folder = child;
  }
  return { folder, name };
}

function childOf(folder: FileNode, name: string): FileNode {
  let child = folder.children.get(name);
  if (!child) {
    child = newNode(name);
    folder.children.set(name, child);
  }
  return child;
}

function put({ folder, name }: { folder: FileNode; name: string }, entry: LayerEntry, layer: number): void {
  const { kind, bytes, mode, link } = entry;
  const node = childOf(folder, name);
  const live = liveVersion(node);
  // A tar names the folders of its files too: one that stays as it was is no change.
  if (live?.kind === "folder" && kind === "folder") {
    if (live.mode === mode) return;
    if (live.from === layer) live.mode = mode;
    else {
      live.to = layer;
      node.versions.push({ kind, bytes, mode, link, from: layer, to: null });
    }
    return;
  }
  write(node, { kind, bytes, mode, link }, layer);
}

/** In place of whatever is there; of two within one layer the later counts. */
function write(node: FileNode, what: Omit<FileVersion, "from" | "to">, layer: number): void {
  const live = liveVersion(node);
  if (live?.from === layer) {
    Object.assign(live, what);
    return;
  }
  hide(node, layer);
  node.versions.push({ ...what, from: layer, to: null });
}
