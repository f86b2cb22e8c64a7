"use client";
/** Draws an edge without a pointer: which kind, then to where; what can't be says why. */
import { useEffect, useMemo, useRef, useState } from "react";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { connect, planFor } from "@/components/canvas/edges/connection";
import { focusNode } from "@/components/canvas/focus";
import { middle } from "@/components/canvas/use-deeds";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import type { StageGraph } from "@/lib/graph/types";
import {
  type ConnectionKind,
  KINDS,
  kindGroups,
  pullOf,
  type Target,
  targetGroups,
  targetsOf,
} from "./connect-targets";
import type { Entry } from "./entries";
import styles from "./palette.module.css";
import { Picker } from "./picker";

export function ConnectPicker({ source }: { source: string }) {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const graph = useDocument((state) => state.graph);
  const label = labelOf(graph, source);
  const [kind, setKind] = useState<ConnectionKind | null>(null);
  const [query, setQuery] = useState("");
  /** Connected to once the picker is gone. */
  const target = useRef<Target>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the graph is what the targets are made of
  const targets = useMemo(
    () => (kind === null ? [] : targetsOf(store.getState(), kind, source, query)),
    [kind, query, graph, source, store],
  );
  const targetOf = ({ id }: Entry) => targets.find((each) => each.id === id);

  const close = () => canvas.getState().change({ overlay: null });
  const back = () => {
    setKind(null);
    setQuery("");
  };
  useEffect(() => () => canvas.getState().change({ connecting: null }), [canvas]);
  /** The card that Enter would connect to shows it, as under a pointer. */
  const light = (entry: Entry | null) => {
    const over = entry && targetOf(entry)?.landing;
    if (kind === null || !over) return canvas.getState().change({ connecting: null });
    const pull = pullOf(kind, source);
    const plan = planFor(store.getState(), pull, over);
    canvas.getState().change({ connecting: { pull, over, left: true, plan } });
  };
  const says = KINDS.find((each) => each.kind === kind)?.says(label);

  return (
    <Picker
      label={says ? `${says}: to which ${kind === "mount" ? "RUN" : "stage"}?` : `Connect from ${label}`}
      placeholder={kind === null ? "How?" : kind === "mount" ? "To which RUN?" : "To which stage?"}
      query={query}
      onQuery={setQuery}
      groups={kind === null ? kindGroups(label, query) : targetGroups(targets)}
      empty={
        kind === "mount" ? "No other stage has such a RUN." : "No other stage has these words in its name."
      }
      onHighlight={light}
      onChoose={(entry) => {
        setQuery("");
        if (kind === null) return setKind(entry.id as ConnectionKind);
        target.current = targetOf(entry) ?? null;
        close();
      }}
      onClose={() => (kind === null ? close() : back())}
      onLeave={(event) => {
        event.preventDefault();
        canvas.getState().change({ connecting: null });
        if (kind === null || !target.current) return focusNode(source);
        const { landing } = target.current;
        const plan = connect({ document: store, canvas }, pullOf(kind, source), landing, middle());
        // A form has the focus then, or the note on why not; a base asks nothing more.
        if (plan?.ok && kind === "from") {
          requestAnimationFrame(() =>
            canvas.getState().view?.goTo({ node: landing.node, instruction: null }),
          );
        }
      }}
      onKeyDown={(event) => {
        if (event.key === "Backspace" && query === "" && kind !== null) back();
      }}
      chosen={<span className={styles.chosen}>{says ?? `from ${label}`}</span>}
      foot={
        <>
          <span>
            <kbd>↑</kbd> <kbd>↓</kbd> choose
          </span>
          <span>
            <kbd>Enter</kbd> {kind === null ? "go on" : "draw it"}
          </span>
          <span>
            <kbd>Esc</kbd> {kind === null ? "leave" : "back"}
          </span>
        </>
      }
    />
  );
}

function labelOf({ stages, images }: StageGraph, node: string): string {
  const stage = stages.find(({ id }) => id === node);
  return stage?.label ?? images.find(({ id }) => id === node)?.ref ?? "a card that is gone";
}
