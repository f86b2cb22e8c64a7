"use client";
/** Finds ways for edges among the cards once those have come to rest, and puts them into the canvas's state. */
import { useStoreApi } from "@xyflow/react";
import { useEffect } from "react";
import type { Way } from "@/lib/graph/edge-curve";
import { waysOf } from "@/lib/graph/ways";
import { useCanvasStore } from "../canvas-state";
import { layoutJob } from "../layout-job";
import { useLiveModels } from "../live-models";
import type { BundleModel } from "../models";

/** Milliseconds in which nothing moves. */
const REST = 120;
/** Of more nodes nobody sees so much at once that it would matter. */
const MOST = 150;

export function Ways() {
  const flow = useStoreApi();
  const canvas = useCanvasStore();
  const models = useLiveModels();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const find = () => {
      const { nodeLookup, edges } = flow.getState();
      if (nodeLookup.size > MOST) return;
      const written = ({ id }: { id: string }) => models.of(id) as BundleModel | undefined;
      const positions = Object.fromEntries(
        [...nodeLookup.values()].map(({ id, internals }) => [id, internals.positionAbsolute]),
      );
      const found = waysOf(layoutJob({ nodeLookup, edges }, written), positions);
      const { ways, change } = canvas.getState();
      change({ ways: kept(found, ways) });
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(find, REST);
    };
    soon();
    const stop = flow.subscribe((now, before) => {
      if (now.nodes !== before.nodes || now.edges !== before.edges) soon();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [flow, canvas, models]);
  return null;
}

/** With every way that is still the same taken from before, so that its edge is not drawn again. */
function kept(found: ReadonlyMap<string, Way>, before: ReadonlyMap<string, Way>): ReadonlyMap<string, Way> {
  return new Map(
    [...found].map(([id, way]) => {
      const old = before.get(id);
      return [id, old?.bends === way.bends && old.label === way.label ? old : way];
    }),
  );
}
