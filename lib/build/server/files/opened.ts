/** Listings that are being looked at: held as trees for a while, as opening one takes longer than looking. */

import { Refusal } from "../../../share/refusal";
import { type FileNode, imageTree } from "../../files/image-tree";
import { layerFigures } from "../../files/layer-figures";
import { findInView, layerView, stageView, type ViewNode, viewAt } from "../../files/views";
import { wastedIn } from "../../files/wasted";
import {
  FILES_PAGE,
  type FileEntry,
  type FilesOverview,
  type FilesPage,
  type FilesQuery,
  WASTED_PATHS,
} from "../../files/wire";
import type { ListedLayer } from "./listing";

/** Views of one image that are held. */
const MAX_VIEWS = 4;

export class OpenedListing {
  readonly overview: FilesOverview;
  /** Of all layers. */
  readonly entries: number;
  private readonly root: FileNode;
  /** By layer; the whole stage is null. */
  private readonly views = new Map<number | null, ViewNode>();

  constructor(layers: readonly ListedLayer[]) {
    this.root = imageTree(layers.map(({ entries }) => entries));
    this.entries = layers.reduce((sum, { entries }) => sum + entries.length, 0);
    const own = layers.findIndex(({ instruction }) => instruction !== null);
    const base = own < 0 ? layers.length : own;
    const figures = layerFigures(this.root, layers.length);
    const whole = stageView(this.root, base);
    this.views.set(null, whole);
    this.overview = {
      layers: layers.map(({ instruction, text, size }, index) => ({
        instruction,
        text,
        size,
        ...figures[index]!,
      })),
      base,
      bytes: whole.bytes,
      files: whole.files,
      wasted: wastedIn(this.root, base, WASTED_PATHS),
    };
  }

  /** Refuses where there is no such layer or folder. */
  page({ layer, path, find, from }: FilesQuery): FilesPage {
    const view = this.view(layer);
    if (find !== "") {
      const { found, total, bytes } = findInView(view, find, from + FILES_PAGE);
      return { entries: found.slice(from).map(({ path, node }) => entryOf(path, node)), total, bytes };
    }
    const folder = viewAt(view, path);
    if (!folder) throw unknownFolder(path);
    return {
      entries: folder.children
        .slice(from, from + FILES_PAGE)
        .map((child) => entryOf(path === "" ? child.name : `${path}/${child.name}`, child)),
      total: folder.children.length,
      bytes: folder.bytes,
    };
  }

  private view(layer: number | null): ViewNode {
    if (layer !== null && layer >= this.overview.layers.length) throw unknownLayer(layer);
    const view = this.views.get(layer) ?? layerView(this.root, layer!);
    // Last in the order of use.
    this.views.delete(layer);
    this.views.set(layer, view);
    for (const old of [...this.views.keys()].slice(0, -MAX_VIEWS)) if (old !== null) this.views.delete(old);
    return view;
  }
}

function entryOf(path: string, node: ViewNode): FileEntry {
  const { kind, mark, bytes, removed, files, marks, mode, link, layer, children } = node;
  return { path, kind, mark, bytes, removed, files, marks, children: children.length, mode, link, layer };
}

const unknownFolder = (path: string) =>
  new Refusal("notFound", "unknown-folder", `There is no folder ${path} here.`, "List the one above it.");

const unknownLayer = (layer: number) =>
  new Refusal("notFound", "unknown-layer", `There is no layer ${layer} here.`, "Choose one of those listed.");
