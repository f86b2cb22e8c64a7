"use client";
/**
 * The focus on the canvas: one card at a time is a stop for Tab, and when what has the focus is taken away by an edit,
 * the nearest thing that is left gets it.
 */
import { type RefObject, useEffect, useRef } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { useCanvasStore } from "./canvas-state";
import type { FlowNode } from "./flow-types";
import { nodeElement, placeElement, placeOf } from "./focus";
import { nodesOf, type Place, placeInstead } from "./steps";
import { selectionOf } from "./use-keys";

/** Overlays borrow the focus: whoever had it before is not forgotten. */
const BORROWS = "[role=dialog], [role=menu], [role=listbox], [role=alert]";

interface Kept {
  element: Element;
  place: Place;
  /** Of its card among all. */
  index: number;
}

/** @param listed the list is on screen, in the place of the graph */
export function useKeptFocus(
  frame: RefObject<HTMLElement | null>,
  nodes: readonly FlowNode[],
  listed: boolean,
): void {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const last = useRef<Kept>(null);

  useEffect(() => {
    /** A question or a note was closed: what had the focus before it is still there, mostly. */
    let answered = false;
    const note = ({ target }: Event) => {
      if (!(target instanceof Element)) return;
      answered = false;
      const place = placeOf(target);
      if (place && frame.current?.contains(target)) {
        const index = nodesOf(store.getState().graph).indexOf(place.node);
        last.current = { element: target, place, index };
        canvas.getState().change({ sought: place.node });
        const node = nodeElement(place.node);
        if (node) makeOnlyStop(frame.current, node);
      } else if (!target.closest(BORROWS)) last.current = null;
    };
    const mend = () => {
      const lost = document.activeElement === document.body || document.activeElement === null;
      const kept = last.current;
      const there = kept?.element.isConnected;
      if (!kept || !lost || (there && !answered)) return;
      answered = false;
      if (there && kept.element instanceof HTMLElement) return kept.element.focus({ preventScroll: true });
      const state = store.getState();
      const place = placeInstead(state.graph, kept.place, kept.index);
      if (!place) return frame.current?.focus({ preventScroll: true });
      placeElement(place)?.focus({ preventScroll: true });
      if (state.selection.kind === "none") state.select(selectionOf(place), "canvas");
    };
    // An edit is drawn a frame later, and a dialog gives the focus back after it is gone.
    const soon = () => requestAnimationFrame(() => setTimeout(mend));
    const stop = store.subscribe((state, before) => {
      if (last.current && state.graph !== before.graph) soon();
    });
    const stopAnswers = canvas.subscribe((now, before) => {
      answered ||= (before.removal !== null && !now.removal) || (before.refusal !== null && !now.refusal);
      if (answered) soon();
    });
    document.addEventListener("focusin", note);
    document.addEventListener("focusout", soon);
    return () => {
      stop();
      stopAnswers();
      document.removeEventListener("focusin", note);
      document.removeEventListener("focusout", soon);
    };
  }, [store, canvas, frame]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the same place has another element then
  useEffect(() => {
    const at = document.activeElement;
    if (last.current && (at === document.body || placeOf(at))) placeElement(last.current.place)?.focus();
  }, [listed]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new cards come as stops of their own
  useEffect(() => {
    const stops = [...(frame.current?.querySelectorAll<HTMLElement>(STOPS) ?? [])];
    const [first] = stops.filter((each) => each.tabIndex === 0);
    const stop = stops.find((each) => each === document.activeElement) ?? first ?? stops[0];
    if (stop && frame.current) makeOnlyStop(frame.current, stop);
  }, [nodes, listed, frame]);
}

const STOPS = ".react-flow__node";

function makeOnlyStop(frame: HTMLElement, stop: HTMLElement): void {
  if (!stop.matches(STOPS)) return;
  for (const each of frame.querySelectorAll<HTMLElement>(STOPS)) {
    const wanted = each === stop ? 0 : -1;
    if (each.tabIndex !== wanted) each.tabIndex = wanted;
  }
}
