"use client";
/** The canvas by keyboard: arrows along cards, rows and edges. Keys of commands are in components/commands. */
import { useReactFlow } from "@xyflow/react";
import { useCallback, useEffect } from "react";
import { flushSync } from "react-dom";
import { useDocumentStore } from "@/components/editor/document-context";
import { ARGUMENTS_NODE } from "@/lib/graph/arguments";
import type { Selection } from "@/lib/store/types";
import { useCanvasStore } from "./canvas-state";
import { placeElement, placeOf } from "./focus";
import { firstPlace, type Place, stepFrom } from "./steps";
import { reveal } from "./use-reveal";

const NUDGE = 16;

export interface Keys {
  /** Handles a key pressed in the canvas, or anywhere outside fields while nothing else has the focus. */
  onKey(event: KeyboardEvent): void;
  goTo(place: Place): void;
}

export function useKeys(): Keys {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const flow = useReactFlow();

  const goTo = useCallback(
    (place: Place) => {
      // Its card may be out of sight, and drawn in brief.
      flushSync(() => canvas.getState().change({ sought: place.node }));
      const element = placeElement(place);
      if (!element) return;
      element.focus({ preventScroll: true });
      store.getState().select(selectionOf(place), "canvas");
      reveal(flow, element);
    },
    [store, canvas, flow],
  );

  const onKey = useCallback(
    (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (canvas.getState().overlay !== null) return;
      const here = placeOf(document.activeElement);
      const { graph, selection, select, rights } = store.getState();
      const deed = (): boolean => {
        switch (event.key) {
          case "ArrowUp":
          case "ArrowDown":
          case "ArrowLeft":
          case "ArrowRight":
          case "Home":
          case "End": {
            // With Shift a card moves; of rows, a command selects more.
            if (here && event.shiftKey) return here.instruction === null && nudge(here.node, event.key);
            const next = here ? stepFrom(graph, here, event.key) : firstPlace(graph);
            if (next) goTo(next);
            return here !== null || next !== null;
          }
          case " ":
            if (here) select(selectionOf(here), "canvas");
            return here !== null;
          case "Enter":
            // With Shift also a copy is edited as a whole, by a command.
            return here !== null && !event.shiftKey && open(here);
          case "Escape":
            if (here && here.instruction !== null) goTo({ ...here, instruction: null });
            else if (selection.kind !== "none") select({ kind: "none" }, "canvas");
            else return false;
            return true;
          default:
            return false;
        }
      };
      const nudge = (node: string, arrow: string): boolean => {
        const { positions, placeNodes } = store.getState();
        const at = positions[node];
        if (!at || !rights.edit || canvas.getState().shownAs === "list") return false;
        const dx = arrow === "ArrowLeft" ? -NUDGE : arrow === "ArrowRight" ? NUDGE : 0;
        const dy = arrow === "ArrowUp" ? -NUDGE : arrow === "ArrowDown" ? NUDGE : 0;
        placeNodes({ [node]: { x: at.x + dx, y: at.y + dy } });
        return true;
      };
      /** A card opens its name, a copy its paths; what else opens is a command's. */
      const open = (place: Place): boolean => {
        select(selectionOf(place), "canvas");
        if (!rights.edit) return true;
        const { node, instruction } = place;
        if (instruction === null) {
          const isStage = graph.stages.some(({ id }) => id === node);
          if (isStage) canvas.getState().view?.deeds.rename(node);
          return isStage;
        }
        const copies = graph.edges.some(
          (edge) => edge.kind === "copy" && edge.target === node && edge.instruction === instruction,
        );
        if (copies) canvas.getState().change({ paths: { stage: node, instruction } });
        return copies;
      };
      if (deed()) event.preventDefault();
    },
    [store, canvas, goTo],
  );

  useEffect(() => {
    // After a click beside everything, or when what had the focus was removed, the page's body has it.
    const stray = (event: KeyboardEvent) => {
      if (event.target === document.body) onKey(event);
    };
    window.addEventListener("keydown", stray);
    return () => window.removeEventListener("keydown", stray);
  }, [onKey]);
  return { onKey, goTo };
}

export function selectionOf({ node, instruction }: Place): Selection {
  if (node === ARGUMENTS_NODE) return { kind: "none" };
  if (node.startsWith("image:")) return { kind: "image", image: node };
  return instruction === null
    ? { kind: "stage", stage: node }
    : { kind: "instruction", stage: node, instruction };
}
