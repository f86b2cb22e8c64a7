"use client";
/** What the canvas alone knows while somebody works on it: open fields, a drag on its way. Never saved. */
import { createContext, type ReactNode, useContext, useState } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { DockerfileEdit } from "@/lib/dockerfile";
import type { ConnectionPlan, Remedy } from "@/lib/graph/connect";
import type { Way } from "@/lib/graph/edge-curve";
import type { Point } from "@/lib/graph/layout";
import type { StageId } from "@/lib/graph/types";
import type { RowRange } from "@/lib/store/selection-slice";
import type { HistoryStep } from "@/lib/store/types";
import type { Choosing } from "./base-picker/choosing";
import type { StageDrag } from "./card-menu/stage-drag";
import type { Landing, Pull } from "./edges/connection";
import type { OpenEdge } from "./edges/open-edge";
import type { EditingParts } from "./editing-parts";
import type { OpenInstruction } from "./instruction-form/open-instruction";
import type { Place } from "./steps";
import type { Deeds } from "./use-deeds";

/** A connection being dragged, and what dropping it now would do. */
export interface Connecting {
  pull: Pull;
  over: Landing | null;
  /** It has been away from the card that it began at. */
  left: boolean;
  /** In pixels of the canvas' own corner, of an end that is pulled; React Flow knows that of a new edge. */
  pointer?: Point;
  plan: ConnectionPlan | null;
}

/** Rows `[from, upTo)` being dragged; `to` is where they would land, `refusal` why they can't. */
export interface RowDrag {
  stage: StageId;
  from: number;
  upTo: number;
  to: { stage: StageId; at: number } | null;
  refusal: string | null;
}

/** What would be removed, and what that breaks: shown before it is done. */
export interface Removal {
  title: string;
  edits: readonly DockerfileEdit[];
  notes: string[];
}

/** Something that can't be done, said where it was tried. */
export interface Refusal {
  /** In pixels of the canvas' own corner. */
  at: Point;
  reason: string;
  remedy: Remedy | null;
  /** A way out that is no edit. */
  way?: { label: string; perform(): void };
  /** The remedy draws an edge, whose form then opens. */
  opensEdge?: boolean;
}

/** The commands of a node, offered at a point of the window. */
export interface OpenMenu {
  node: string;
  label: string;
  x: number;
  y: number;
}

/** What the canvas on screen can do, for whoever stands outside it: commands, the palette, search. */
export interface CanvasView {
  deeds: Deeds;
  /** Focuses a card or a row of it, and brings it into view. */
  goTo(place: Place): void;
  fit(): void;
  zoomIn(): void;
  zoomOut(): void;
  tidy(): Promise<void>;
}

/** What stands over the page for a moment; one at a time. */
export type Overlay =
  /** `from` had the focus before: commands work on it, and it gets the focus back. */
  | { kind: "palette"; from: Element | null }
  | { kind: "keys" }
  | { kind: "options" }
  /** Drawing a connection without a pointer. */
  | { kind: "connect"; source: string }
  | { kind: "export" }
  /** Two versions as one graph; `build` is the one before and `after` the other, where they were chosen already. */
  | { kind: "compare"; build: string | null; after?: string }
  /** Choosing what to start from. */
  | { kind: "templates" }
  | { kind: "lessons" }
  | { kind: "paste" };

/** What a search found: by node, the instructions in it; 0 stands for the card itself. */
export type Found = ReadonlyMap<string, ReadonlySet<number>>;

export interface CanvasState {
  /** The graph has been drawn whole and brought into view, once at least. */
  drawn: boolean;
  /** Null as long as it is not loaded, and for those who only look. */
  editing: EditingParts | null;
  /** Null while the canvas is not on screen. */
  view: CanvasView | null;
  renaming: StageId | null;
  /** The step of the history that made the stage being named, which its name belongs to. */
  renamingMade: HistoryStep | null;
  choosing: Choosing | null;
  /** The ARG before the first FROM whose name or default is being edited; one that is to be has no name. */
  argument: { name: string | null; field: "name" | "value" } | null;
  stageDrag: StageDrag | null;
  menu: OpenMenu | null;
  /** The edges that stand open: paths and flags, or a list to choose from. */
  paths: OpenEdge | null;
  connecting: Connecting | null;
  rowDrag: RowDrag | null;
  /** An instruction that is being written or changed. */
  writing: OpenInstruction | null;
  /** Rows that are to become a stage of their own. */
  extraction: RowRange | null;
  /** What can be done with a row, at a place of the window in pixels. */
  rowMenu: { at: Point; place: Place } | null;
  removal: Removal | null;
  refusal: Refusal | null;
  /** Bundle of edges under the pointer. */
  hovered: string | null;
  /** How edges go that do not go the plain way, by bundle. */
  ways: ReadonlyMap<string, Way>;
  /** Cards that are drawn whole; in a graph that is not large all are, whatever stands here. */
  whole: ReadonlySet<string>;
  /** The node that the focus was sent to, and the one that the pointer rests on. */
  sought: string | null;
  under: string | null;
  minimap: boolean;
  overlay: Overlay | null;
  /** What is searched for; null where nobody searches. */
  search: string | null;
  found: Found | null;
  /** The graph drawn, or the same as a list. */
  shownAs: "graph" | "list";
  /** Places on screen that are not the document's yet: a card under the hand, or on its way to a tidy place. */
  moving: Readonly<Record<string, Point>> | null;
  change(part: Partial<Omit<CanvasState, "change">>): void;
}

const CanvasStateContext = createContext<StoreApi<CanvasState> | null>(null);

export function CanvasStateProvider({ children }: { children: ReactNode }) {
  const [store] = useState(() =>
    createStore<CanvasState>()((set) => ({
      drawn: false,
      editing: null,
      view: null,
      renaming: null,
      renamingMade: null,
      choosing: null,
      argument: null,
      stageDrag: null,
      menu: null,
      paths: null,
      connecting: null,
      rowDrag: null,
      writing: null,
      extraction: null,
      rowMenu: null,
      removal: null,
      refusal: null,
      hovered: null,
      ways: new Map(),
      whole: new Set(),
      sought: null,
      under: null,
      minimap: false,
      overlay: null,
      search: null,
      found: null,
      shownAs: "graph",
      moving: null,
      change: set,
    })),
  );
  return <CanvasStateContext value={store}>{children}</CanvasStateContext>;
}

export function useCanvasStore(): StoreApi<CanvasState> {
  const store = useContext(CanvasStateContext);
  if (!store) throw new Error("A part of the canvas stands outside its CanvasStateProvider");
  return store;
}

export function useCanvasState<T>(selector: (state: CanvasState) => T): T {
  return useStore(useCanvasStore(), selector);
}
