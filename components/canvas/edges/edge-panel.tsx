"use client";
/** What an edge says, opened where it is: paths and flags to edit, both ends to go to, or several to choose from. */
import { useReactFlow } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import type { GraphEdge } from "@/lib/graph/types";
import { Anchored } from "../anchored";
import { useCanvasState, useCanvasStore } from "../canvas-state";
import { focusNode, focusRow, placeElement } from "../focus";
import panel from "../panel.module.css";
import { BasePanel } from "./base-panel";
import { CopyForm } from "./copy-form";
import { EdgeList } from "./edge-list";
import styles from "./edge-panel.module.css";
import { MountForm } from "./mount-form";
import { edgesOf, type OpenEdge } from "./open-edge";
import { PanelHead } from "./panel-head";
import { ReadOnlyEdge } from "./read-only-edge";

export function EdgePanel() {
  const open = useCanvasState((s) => s.paths);
  const graph = useDocument((s) => (open ? s.graph : null));
  const edges = useMemo(() => (open && graph ? edgesOf(graph, open) : []), [open, graph]);
  if (!open || edges.length === 0) return null;
  return <Panel key={edges.map(({ id }) => id).join(" ")} open={open} edges={edges} />;
}

function Panel({ open, edges }: { open: OpenEdge; edges: readonly GraphEdge[] }) {
  const canvas = useCanvasStore();
  const store = useDocumentStore();
  const flow = useReactFlow();
  const mayEdit = useDocument((s) => s.rights.edit);
  const box = useRef<HTMLDivElement>(null);
  /** What closes the panel when one presses beside it: a form writes first, and stays where it can't. */
  const leave = useRef<() => boolean>(() => true);
  const { stage, instruction, drawn = null } = open;
  const isDrawn = open.drawn !== undefined;
  const [edge] = edges as [GraphEdge];

  const close = useCallback(
    (focus = true) => {
      canvas.getState().change({ paths: null });
      if (!focus) return;
      if (instruction > 0) focusRow(stage, instruction);
      else focusNode(stage);
    },
    [canvas, stage, instruction],
  );
  useEffect(() => {
    if (!isDrawn) box.current?.focus({ preventScroll: true });
  }, [isDrawn]);
  useEffect(() => {
    const away = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target) && leave.current()) close(false);
    };
    window.addEventListener("pointerdown", away, true);
    return () => window.removeEventListener("pointerdown", away, true);
  }, [close]);

  const remove = (wanted: GraphEdge) => {
    store.getState().select({ kind: "edge", edge: wanted.id }, "canvas");
    close();
    canvas.getState().view?.deeds.removeSelected();
  };
  const row = placeElement({ node: stage, instruction: instruction || null })?.getBoundingClientRect();
  const at =
    open.at ??
    (row
      ? flow.screenToFlowPosition({ x: row.left, y: Math.min(row.bottom, row.top + 64) + 6 })
      : (flow.getNode(stage)?.position ?? { x: 0, y: 0 }));
  const form = { drawn, isDrawn, leave, close };

  return (
    <Anchored at={at}>
      <div
        ref={box}
        role="dialog"
        aria-label={edges.length > 1 ? "Edges" : labelOf(edge)}
        className={cx(panel.frame, styles.panel)}
        tabIndex={-1}
        data-testid="edge-panel"
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") close();
          const isDelete = event.key === "Delete" || event.key === "Backspace";
          if (isDelete && event.target === box.current && edges.length === 1 && mayEdit) remove(edge);
        }}
      >
        {edges.length > 1 ? (
          <EdgeList edges={edges} onRemove={mayEdit ? remove : null} />
        ) : (
          <>
            <PanelHead
              edge={edge}
              onRemove={mayEdit ? () => remove(edge) : null}
              onLeave={() => close(false)}
              onClose={() => close()}
            />
            {!mayEdit && <ReadOnlyEdge edge={edge} />}
            {mayEdit && edge.kind === "copy" && <CopyForm edge={edge} {...form} />}
            {mayEdit && edge.kind === "mount" && <MountForm edge={edge} {...form} />}
            {mayEdit && edge.kind === "from" && <BasePanel edge={edge} close={close} />}
          </>
        )}
      </div>
    </Anchored>
  );
}

const LABELS = { from: "Base of the stage", copy: "Paths to copy", mount: "Mount" };
const labelOf = ({ kind }: GraphEdge) => LABELS[kind];
