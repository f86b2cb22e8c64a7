/** What each layer did, in figures: one walk for all of them. */
import type { FileNode } from "./image-tree";

export interface LayerFigures {
  /** Of the files that it wrote. */
  bytes: number;
  /** Paths. */
  added: number;
  changed: number;
  removed: number;
}

export function layerFigures(root: FileNode, layers: number): LayerFigures[] {
  const figures = Array.from({ length: layers }, () => ({ bytes: 0, added: 0, changed: 0, removed: 0 }));
  const look = (node: FileNode) => {
    const { versions } = node;
    versions.forEach(({ from, to, bytes }, index) => {
      const figure = figures[from]!;
      figure.bytes += bytes;
      if (versions[index - 1]?.to === from) figure.changed += 1;
      else figure.added += 1;
      if (to !== null && versions[index + 1]?.from !== to) figures[to]!.removed += 1;
    });
    for (const child of node.children.values()) look(child);
  };
  look(root);
  return figures;
}
