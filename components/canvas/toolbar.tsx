"use client";
import { useReactFlow, useStore } from "@xyflow/react";
import { LayoutDashboard, List, Map as MapIcon, Maximize, Minus, Plus, Search, Workflow } from "lucide-react";
import { useState } from "react";
import { useDocument } from "@/components/editor/document-context";
import { Button, IconButton } from "@/components/ui/button";
import { type CanvasView, useCanvasState, useCanvasStore } from "./canvas-state";
import styles from "./overlays.module.css";
import { glideTime } from "./view";

export function Toolbar({ view }: { view: CanvasView }) {
  const mayEdit = useDocument((s) => s.rights.edit);
  const empty = useDocument((s) => s.graph.stages.length === 0);
  const list = useCanvasState((s) => s.shownAs === "list");
  const minimap = useCanvasState((s) => s.minimap);
  const canvas = useCanvasStore();
  const [busy, setBusy] = useState(false);
  const tidyUp = () => {
    setBusy(true);
    void view.tidy().finally(() => setBusy(false));
  };
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Canvas">
      {mayEdit && (
        <Button onClick={() => view.deeds.addStage()} title="Add stage (A, or double-click on the canvas)">
          <Plus size={15} aria-hidden="true" /> Add stage
        </Button>
      )}
      {!list && (
        <Button onClick={tidyUp} disabled={busy || empty} title="Lay out all cards anew; can be undone">
          <LayoutDashboard size={15} aria-hidden="true" /> Tidy
        </Button>
      )}
      <ShownAs />
      <div className={styles.zoom}>
        <IconButton
          label="Search the graph"
          shortcut="/"
          side="top"
          disabled={empty}
          onClick={() => canvas.getState().change({ search: "" })}
        >
          <Search size={15} />
        </IconButton>
      </div>
      <div className={styles.zoom} hidden={list}>
        <IconButton label="Zoom out" shortcut="-" side="top" onClick={view.zoomOut}>
          <Minus size={15} />
        </IconButton>
        <Percentage />
        <IconButton label="Zoom in" shortcut="+" side="top" onClick={view.zoomIn}>
          <Plus size={15} />
        </IconButton>
        <IconButton label="Fit all in view" shortcut="0" side="top" onClick={view.fit}>
          <Maximize size={15} />
        </IconButton>
        <IconButton
          label={minimap ? "Hide the map" : "Show the map"}
          side="top"
          aria-pressed={minimap}
          onClick={() => canvas.getState().change({ minimap: !minimap })}
        >
          <MapIcon size={15} />
        </IconButton>
      </div>
    </div>
  );
}

/** Apart from the rest, as it changes with every step of a zoom. */
function Percentage() {
  const flow = useReactFlow();
  const percentage = useStore((s) => Math.round(s.transform[2] * 100));
  return (
    <button
      type="button"
      className={styles.percentage}
      title="Zoom to 100%"
      aria-label={`Zoom ${percentage}%, set to 100%`}
      onClick={() => void flow.zoomTo(1, { duration: glideTime() })}
    >
      {percentage}%
    </button>
  );
}

const WAYS = [
  { way: "graph", label: "Graph", Icon: Workflow },
  { way: "list", label: "List", Icon: List },
] as const;

/** The graph drawn, or the same stages, instructions and edges as a list. */
function ShownAs() {
  const shownAs = useCanvasState((s) => s.shownAs);
  const canvas = useCanvasStore();
  return (
    <fieldset className={styles.zoom}>
      <legend className="visually-hidden">Show the stages as</legend>
      {WAYS.map(({ way, label, Icon }) => (
        <button
          key={way}
          type="button"
          className={styles.way}
          aria-pressed={shownAs === way}
          title={way === "list" ? "The same as a list to read (L)" : "The graph (L)"}
          onClick={() => canvas.getState().change({ shownAs: way })}
        >
          <Icon size={14} aria-hidden="true" /> {label}
        </button>
      ))}
    </fieldset>
  );
}
