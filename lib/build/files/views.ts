/** An image's files as somebody looks at them: one layer with what it did, or the whole stage against its base. */
import type { FileKind } from "./entries";
import { type FileNode, type FileVersion, liveVersion } from "./image-tree";

export type FileMark = "added" | "changed" | "removed";

export interface ViewNode {
  name: string;
  kind: FileKind;
  mode: number;
  link: string | null;
  /** The layer that wrote it, from 0; of what was removed, the layer that removed it. */
  layer: number;
  mark: FileMark | null;
  /** Of all files in it that are there; 0 for what was removed. */
  bytes: number;
  /** Of all files in it that were removed. */
  removed: number;
  /** Files and links in it that are there; 1 for itself. */
  files: number;
  /** What bears a mark in it, itself not counted. */
  marks: number;
  /** Largest first. */
  children: ViewNode[];
}

interface Seen {
  version: FileVersion;
  mark: FileMark | null;
}

/** What one layer wrote and removed; folders that it only passes through bear no mark. */
export function layerView(root: FileNode, layer: number): ViewNode {
  return viewOf(root, ({ versions }) => {
    const written = versions.find(({ from }) => from === layer);
    const hidden = versions.find(({ to }) => to === layer);
    if (written) return { version: written, mark: hidden ? "changed" : "added" };
    return hidden ? { version: hidden, mark: "removed" } : null;
  });
}

/** All that is there in the end; marks say what layers from `base` on did to those before it. */
export function stageView(root: FileNode, base: number): ViewNode {
  return viewOf(root, (node) => {
    const last = liveVersion(node);
    const before = node.versions.find(({ from, to }) => from < base && (to === null || to >= base));
    if (!last) return before ? { version: before, mark: "removed" } : null;
    if (last.from < base) return { version: last, mark: null };
    return { version: last, mark: before ? "changed" : "added" };
  });
}

function viewOf(root: FileNode, look: (node: FileNode) => Seen | null): ViewNode {
  return see(root, look) ?? nothingIn(root.name);
}

const nothingIn = (name: string): ViewNode => ({
  name,
  kind: "folder",
  mode: 0o755,
  link: null,
  layer: 0,
  mark: null,
  bytes: 0,
  removed: 0,
  files: 0,
  marks: 0,
  children: [],
});

/** Null where there is nothing to see at and beneath it. */
function see(node: FileNode, look: (node: FileNode) => Seen | null): ViewNode | null {
  const seen = look(node);
  const view = nothingIn(node.name);
  for (const child of node.children.values()) {
    const inside = see(child, look);
    if (inside) take(view, inside);
  }
  if (!seen && view.children.length === 0) return null;
  view.children.sort(bySize);
  if (!seen) return view;
  const { version, mark } = seen;
  Object.assign(view, { mode: version.mode, link: version.link, mark });
  view.layer = mark === "removed" ? version.to! : version.from;
  // What was a folder and is a file now still shows what was in it.
  view.kind = version.kind;
  if (mark === "removed") view.removed += version.bytes;
  else {
    view.bytes += version.bytes;
    if (version.kind !== "folder") view.files += 1;
  }
  return view;
}

function take(folder: ViewNode, child: ViewNode): void {
  folder.children.push(child);
  folder.bytes += child.bytes;
  folder.removed += child.removed;
  folder.files += child.files;
  folder.marks += child.marks + (child.mark === null ? 0 : 1);
}

const bySize = (one: ViewNode, other: ViewNode) =>
  other.bytes + other.removed - (one.bytes + one.removed) || (one.name < other.name ? -1 : 1);

/** Null where the view has no such path. */
export function viewAt(view: ViewNode, path: string): ViewNode | null {
  let at: ViewNode | undefined = view;
  for (const name of path === "" ? [] : path.split("/"))
    at = at?.children.find((child) => child.name === name);
  return at ?? null;
}

export interface Found {
  path: string;
  node: ViewNode;
}

/** What has the words in its path, in any case; the largest of them, folders of what is found left out. */
export function findInView(
  view: ViewNode,
  words: string,
  limit: number,
): { found: Found[]; total: number; bytes: number } {
  const wanted = words.toLowerCase();
  const found: Found[] = [];
  let bytes = 0;
  const look = (node: ViewNode, path: string) => {
    for (const child of node.children) {
      const at = path === "" ? child.name : `${path}/${child.name}`;
      if (child.children.length === 0 && at.toLowerCase().includes(wanted)) {
        found.push({ path: at, node: child });
        bytes += child.bytes;
      }
      look(child, at);
    }
  };
  look(view, "");
  const total = found.length;
  found.sort((one, other) => bySize(one.node, other.node));
  return { found: found.slice(0, limit), total, bytes };
}
