/**
 * Bytes that an image carries and nobody can see: files that a later layer writes anew or removes. As dive finds them;
 * dive's own sum also counts the last copy of a file that was written anew, which is not wasted, and ours does not.
 */
import type { FileNode } from "./image-tree";

export interface WastedPath {
  path: string;
  bytes: number;
  /** Layers whose copy is hidden, oldest first. */
  written: number[];
  /** The layers that hid them, in the same order. */
  hidden: number[];
}

export interface Wasted {
  bytes: number;
  /** Of these, what the base image's own layers hid of each other. */
  inBase: number;
  /** Paths of which something is hidden. */
  paths: number;
  /** Largest first. */
  top: WastedPath[];
}

/** Layers before `base` are the base image's. */
export function wastedIn(root: FileNode, base: number, limit: number): Wasted {
  const all: WastedPath[] = [];
  let inBase = 0;
  const look = (node: FileNode, path: string) => {
    const hidden = node.versions.filter(({ to, bytes }) => to !== null && bytes > 0);
    if (hidden.length > 0) {
      all.push({
        path,
        bytes: sum(hidden),
        written: hidden.map(({ from }) => from),
        hidden: hidden.map(({ to }) => to!),
      });
      inBase += sum(hidden.filter(({ to }) => to! < base));
    }
    for (const child of node.children.values())
      look(child, path === "" ? child.name : `${path}/${child.name}`);
  };
  look(root, "");
  all.sort((one, other) => other.bytes - one.bytes || (one.path < other.path ? -1 : 1));
  return { bytes: sum(all), inBase, paths: all.length, top: all.slice(0, limit) };
}

const sum = (each: readonly { bytes: number }[]) => each.reduce((total, { bytes }) => total + bytes, 0);
