"use client";
/** Two versions as one graph, for looking at: laid out once, and led to whatever change is looked at. */
import "../react-flow.css";
import {
  Background,
  BackgroundVariant,
  type OnNodesChange,
  ReactFlow,
  ReactFlowProvider,
  useNodesInitialized,
  useReactFlow,
  useStoreApi,
} from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { type Change, TOP_NODE } from "@/lib/graph/compare/changes";
import type { Comparison } from "@/lib/graph/compare/types";
import type { Point, Size } from "@/lib/graph/layout";
import { placeBeside, placeNewcomers } from "@/lib/graph/placement";
import canvas from "../canvas.module.css";
import { EdgeMarkers } from "../edges/edge-markers";
import type { Written } from "../layout-job";
import { runLayout } from "../layout-runner";
import { useDetail } from "../use-detail";
import { firstLook } from "../use-first-fit";
import { FIT, glideTime, OWN_WAYS } from "../view";
import styles from "./compare.module.css";
import { ComparedStageCard } from "./compared-card";
import { ComparedEdgeLine } from "./compared-edge";
import { ComparedImageCard, ComparedTopCard } from "./compared-image";
import {
  type ComparedFlowEdge,
  type ComparedNode,
  changesByPlace,
  edgesOf,
  nodesOf,
  placeOf,
  type Sizes,
} from "./flow";
import { bringIntoView } from "./into-view";

const NODE_TYPES = { stage: ComparedStageCard, image: ComparedImageCard, args: ComparedTopCard };
const EDGE_TYPES = { compared: ComparedEdgeLine };

interface Props {
  comparison: Comparison;
  sizes: Sizes;
  /** The change that is looked at. */
  current: Change | null;
  onChoose(change: string): void;
}

/** One a comparison: give it a key of its own. */
export function CompareCanvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Board {...props} />
    </ReactFlowProvider>
  );
}

function Board({ comparison, sizes, current, onChoose }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const flow = useReactFlow();
  const unplaced = useMemo(() => nodesOf(comparison, sizes), [comparison, sizes]);
  const edges = useMemo(() => edgesOf(comparison), [comparison]);
  const chosenAt = useMemo(() => changesByPlace(comparison), [comparison]);
  const places = usePlaces(comparison);
  const [measured, setMeasured] = useState<ReadonlyMap<string, Size>>(new Map());
  const nodes = useMemo(
    () =>
      unplaced.map((node) => {
        const size = measured.get(node.id);
        const position = places?.[node.id] ?? node.position;
        return { ...node, position, ...(size && { measured: size }) } as ComparedNode;
      }),
    [unplaced, measured, places],
  );
  const onNodesChange = useCallback<OnNodesChange<ComparedNode>>((changes) => {
    const found = changes.flatMap((change) =>
      change.type === "dimensions" && change.dimensions ? [[change.id, change.dimensions] as const] : [],
    );
    if (found.length > 0) setMeasured((before) => new Map([...before, ...found]));
  }, []);
  const [ready, setReady] = useState(false);
  useDetail(frame);

  useEffect(() => {
    if (places === null) return;
    // React Flow has the new places a frame later.
    const asked = requestAnimationFrame(
      () => void firstLook(flow, frame.current!.getBoundingClientRect()).then(() => setReady(true)),
    );
    return () => cancelAnimationFrame(asked);
  }, [places, flow]);

  useEffect(() => {
    const { current: board } = frame;
    if (!ready || current === null || !board) return;
    const all = [...board.querySelectorAll<HTMLElement>("[data-place]")];
    // The rows of a card that is drawn closed are not there.
    const found = [placeOf(current.node, current.row), current.node]
      .map((place) => all.find((element) => element.dataset.place === place))
      .find((element) => element !== undefined);
    for (const each of all) each.toggleAttribute("data-current", each === found);
    if (found) bringIntoView(board, found, flow);
  }, [ready, current, flow]);

  const onNodeClick = useCallback(
    (event: MouseEvent, node: ComparedNode) => {
      const at = (event.target as Element).closest<HTMLElement>("[data-place]")?.dataset.place ?? node.id;
      const change = chosenAt.get(at) ?? chosenAt.get(node.id);
      if (change !== undefined) onChoose(change);
    },
    [chosenAt, onChoose],
  );

  return (
    <div
      ref={frame}
      className={cx(canvas.canvas, styles.board)}
      data-testid="compare-canvas"
      data-ready={ready}
    >
      <EdgeMarkers />
      <ReactFlow<ComparedNode, ComparedFlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={onNodesChange}
        onNodeClick={onNodeClick}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        {...OWN_WAYS}
        maxZoom={2}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--canvas-dot)" />
      </ReactFlow>
      <div className={styles.zoom} role="toolbar" aria-label="Graph">
        <IconButton label="Zoom out" side="top" onClick={() => void flow.zoomOut({ duration: glideTime() })}>
          <Minus size={15} />
        </IconButton>
        <IconButton label="Zoom in" side="top" onClick={() => void flow.zoomIn({ duration: glideTime() })}>
          <Plus size={15} />
        </IconButton>
        <IconButton
          label="Fit all in view"
          side="top"
          onClick={() => void flow.fitView({ ...FIT, duration: glideTime() })}
        >
          <Maximize size={15} />
        </IconButton>
      </div>
    </div>
  );
}

/** Where every card stands, once all are measured; null until then. The same comparison always stands alike. */
function usePlaces(comparison: Comparison): Readonly<Record<string, Point>> | null {
  const measured = useNodesInitialized();
  const store = useStoreApi();
  const [places, setPlaces] = useState<Readonly<Record<string, Point>> | null>(null);
  useEffect(() => {
    if (!measured || places !== null) return;
    let gone = false;
    const sizeOf = (id: string) => {
      const { width = 0, height = 0 } = store.getState().nodeLookup.get(id)?.measured ?? {};
      return { width, height };
    };
    const written: Written = ({ data }) => (data as ComparedFlowEdge["data"])?.bundle;
    void runLayout(store.getState(), written, comparison)
      .catch((error: unknown) => {
        console.error("The automatic layout failed; cards are placed one by one instead.", error);
        return placeNewcomers(comparison, {}, sizeOf);
      })
      .then((found) => {
        if (gone) return;
        if (comparison.top.length > 0) found[TOP_NODE] = placeBeside(found, sizeOf(TOP_NODE));
        setPlaces(found);
      });
    return () => {
      gone = true;
    };
  }, [measured, places, comparison, store]);
  return places;
}
