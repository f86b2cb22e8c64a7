"use client";
/** Looks for words in the graph: what has them is lit, and Enter goes from one to the next. */
import { ArrowDown, ArrowUp, Search, X } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useCanvasState, useCanvasStore } from "@/components/canvas/canvas-state";
import { focusCanvas } from "@/components/canvas/focus";
import { selectionOf } from "@/components/canvas/use-keys";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { IconButton } from "@/components/ui/button";
import { findPlaces, foundOf } from "./matches";
import styles from "./palette.module.css";

export function SearchField() {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const graph = useDocument((s) => s.graph);
  const query = useCanvasState((s) => s.search ?? "");
  const field = useRef<HTMLInputElement>(null);
  const wanted = useDeferredValue(query);
  const places = useMemo(() => findPlaces(graph, wanted), [graph, wanted]);
  /** Which of them was gone to last; -1 before the first. */
  const [at, setAt] = useState(-1);
  const here = Math.min(at, places.length - 1);

  useEffect(() => field.current?.select(), []);
  useEffect(() => {
    canvas.getState().change({ found: wanted.trim() === "" ? null : foundOf(places) });
  }, [canvas, wanted, places]);
  useEffect(() => () => canvas.getState().change({ found: null }), [canvas]);

  /** Whoever types and presses Enter at once means what was typed, not what is lit yet. */
  const placesNow = () => (wanted === query ? places : findPlaces(graph, query));

  const go = (step: 1 | -1) => {
    const found = placesNow();
    const { length } = found;
    if (length === 0) return;
    const from = Math.min(at, length - 1);
    const next = from < 0 ? (step > 0 ? 0 : length - 1) : (from + step + length) % length;
    setAt(next);
    // The focus stays in the field; the view and the selection go on.
    store.getState().select(selectionOf(found[next]!), "palette");
  };
  const close = () => {
    const found = placesNow();
    const place = found[Math.min(at, found.length - 1)];
    canvas.getState().change({ search: null });
    const { view } = canvas.getState();
    if (place && view) view.goTo(place);
    else focusCanvas();
  };
  const count = () => {
    if (query.trim() === "") return "";
    if (places.length === 0) return "none";
    return here < 0 ? `${places.length}` : `${here + 1} of ${places.length}`;
  };

  return (
    <search className={styles.search} data-testid="search" data-none={count() === "none"}>
      <Search size={15} aria-hidden="true" />
      <input
        ref={field}
        // biome-ignore lint/a11y/noAutofocus: it was asked for by key a moment ago
        autoFocus
        className={styles.searchField}
        type="search"
        aria-label="Search the graph"
        placeholder="Stage, image, path or instruction"
        value={query}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setAt(-1);
          canvas.getState().change({ search: event.currentTarget.value });
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") close();
          else if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
          else return;
          event.preventDefault();
        }}
      />
      <output className={styles.count} aria-live="polite" aria-label="Found">
        {count()}
      </output>
      <IconButton
        label="Previous"
        shortcut="Shift+Enter"
        disabled={places.length === 0}
        onClick={() => go(-1)}
      >
        <ArrowUp size={15} />
      </IconButton>
      <IconButton label="Next" shortcut="Enter" disabled={places.length === 0} onClick={() => go(1)}>
        <ArrowDown size={15} />
      </IconButton>
      <IconButton label="Close the search" shortcut="Esc" onClick={close}>
        <X size={15} />
      </IconButton>
    </search>
  );
}
