"use client";
/**
 * The models as they are now, for those who draw them: each card and edge is told of its own, so that a key pressed in
 * one stage draws that stage's card and nothing else.
 */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { StoreApi } from "zustand/vanilla";
import { useDocumentStore } from "@/components/editor/document-context";
import { type ArgumentNode, argumentsOf } from "@/lib/graph/arguments";
import type { DocumentStore } from "@/lib/store/types";
import { type CanvasState, useCanvasStore } from "./canvas-state";
import {
  type ArgsModel,
  type BundleModel,
  buildModels,
  type CanvasModels,
  type CardModel,
  type ImageModel,
  NO_MODELS,
} from "./models";
import { targetView } from "./target-view";

export type AnyModel = CardModel | ImageModel | ArgsModel | BundleModel;
type Watchers = Map<string, Set<() => void>>;

/** What models are made from; as long as these are the same objects, so are the models. */
type Source = Pick<DocumentStore, "graph" | "tree" | "options" | "collapsed"> & { adding: boolean };

export class LiveModels {
  #models = NO_MODELS;
  #byId: ReadonlyMap<string, AnyModel> = new Map();
  #source: Source | null = null;
  #args: readonly ArgumentNode[] = [];
  readonly #all = new Set<() => void>();
  readonly #watchers: Watchers = new Map();
  #stop: (() => void) | null = null;

  constructor(
    readonly document: StoreApi<DocumentStore>,
    readonly canvas: StoreApi<Pick<CanvasState, "argument">>,
  ) {}

  read(): CanvasModels {
    const { graph, tree, options, collapsed } = this.document.getState();
    const source = {
      graph,
      tree,
      options,
      collapsed,
      adding: this.canvas.getState().argument?.name === null,
    };
    const before = this.#source;
    if (before && Object.entries(source).every(([key, part]) => part === before[key as keyof Source]))
      return this.#models;
    this.#source = source;
    // Of broken text the last good ones stay, as all of the picture does.
    if (!graph.stale && tree.globalArgs !== before?.tree.globalArgs) this.#args = argumentsOf(tree);
    const next = buildModels({ ...source, view: targetView(source), args: this.#args }, this.#models);
    if (next !== this.#models) {
      this.#models = next;
      this.#byId = byId(next);
    }
    return next;
  }

  /** The card, image or bundle of an id; of a bundle that is open, itself. */
  of(id: string): AnyModel | undefined {
    this.read();
    return this.#byId.get(id);
  }

  /** Calls at every change of any of them. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#all.add(listener);
    this.#begin();
    return () => {
      this.#all.delete(listener);
      this.#end();
    };
  };

  /** Calls when the one of an id changes. */
  watch(id: string, listener: () => void): () => void {
    const listeners = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, listeners.add(listener));
    this.#begin();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#watchers.delete(id);
      this.#end();
    };
  }

  #begin(): void {
    if (this.#stop) return;
    this.read();
    this.#told = this.#byId;
    const stops = [this.document.subscribe(this.#follow), this.canvas.subscribe(this.#follow)];
    this.#stop = () => {
      for (const stop of stops) stop();
    };
  }

  #end(): void {
    if (this.#all.size > 0 || this.#watchers.size > 0) return;
    this.#stop?.();
    this.#stop = null;
  }

  /** Tells those whose model is another one. Somebody may have read it already, so what was told of is remembered. */
  #told: ReadonlyMap<string, AnyModel> = this.#byId;
  readonly #follow = () => {
    this.read();
    const [before, now] = [this.#told, this.#byId];
    if (now === before) return;
    this.#told = now;
    for (const [id, listeners] of [...this.#watchers])
      if (now.get(id) !== before.get(id)) for (const listener of [...listeners]) listener();
    for (const listener of [...this.#all]) listener();
  };
}

function byId({ args, cards, images, bundles }: CanvasModels): Map<string, AnyModel> {
  const found = new Map<string, AnyModel>();
  if (args) found.set(args.id, args);
  for (const models of [cards, images, bundles]) for (const model of models) found.set(model.id, model);
  return found;
}

const LiveModelsContext = createContext<LiveModels | null>(null);

export function LiveModelsProvider({ children }: { children: ReactNode }) {
  const document = useDocumentStore();
  const canvas = useCanvasStore();
  const [models] = useState(() => new LiveModels(document, canvas));
  return <LiveModelsContext value={models}>{children}</LiveModelsContext>;
}

/** For event handlers: reading it does not subscribe. */
export function useLiveModels(): LiveModels {
  const models = useContext(LiveModelsContext);
  if (!models) throw new Error("A part of the canvas stands outside its LiveModelsProvider");
  return models;
}

/** All of them, anew at every change of one. */
export function useCanvasModels(): CanvasModels {
  const models = useLiveModels();
  const read = () => models.read();
  return useSyncExternalStore(models.subscribe, read, read);
}

/** The model of one id. Of what has just gone, the last one: React Flow takes it away a moment later. */
export function useModel<Model extends AnyModel>(id: string): Model | undefined {
  const models = useLiveModels();
  const subscribe = useCallback((listener: () => void) => models.watch(id, listener), [models, id]);
  const read = () => models.of(id);
  const now = useSyncExternalStore(subscribe, read, read);
  const last = useRef(now);
  if (now) last.current = now;
  return last.current as Model | undefined;
}
