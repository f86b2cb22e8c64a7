"use client";
/**
 * The canvas: the Dockerfile's stages as a graph, drawn from the store and edited through it. It measures what it
 * draws, so it runs in the browser only. React Flow is given nodes and edges and keeps no truth of its own.
 */
import "./react-flow.css";
import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import dynamic from "next/dynamic";
import { type MouseEvent, useCallback, useRef } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import styles from "./canvas.module.css";
import { useCanvasState, useCanvasStore } from "./canvas-state";
import { BundleEdge } from "./edges/bundle-edge";
import { EdgeMarkers } from "./edges/edge-markers";
import { openEdges } from "./edges/open-edge";
import type { FlowEdge, FlowNode } from "./flow-types";
import { placeOf } from "./focus";
import { ArgsCard } from "./global-args/args-card";
import { ImageCard } from "./image-card";
import { LiveModelsProvider, useLiveModels } from "./live-models";
import type { BundleModel } from "./models";
import { useCover } from "./sight/use-cover";
import { useSight } from "./sight/use-sight";
import { useUnder } from "./sight/use-under";
import { StageCard } from "./stage-card";
import { StaleNote } from "./stale-note";
import { Toolbar } from "./toolbar";
import { useAskedFor } from "./use-asked-for";
import { useCanvasView } from "./use-canvas-view";
import { useDeeds } from "./use-deeds";
import { useDetail } from "./use-detail";
import { useFirstFit } from "./use-first-fit";
import { useFlowParts } from "./use-flow-parts";
import { useKeptFocus } from "./use-kept-focus";
import { useKeys } from "./use-keys";
import { useSettling } from "./use-layout";
import { useReveal } from "./use-reveal";
import { OWN_WAYS } from "./view";

const EditingOverlays = dynamic(() => import("./editing-overlays").then((part) => part.EditingOverlays), {
  ssr: false,
});
const EdgePanel = dynamic(() => import("./edges/edge-panel").then((part) => part.EdgePanel), { ssr: false });
const EmptyHint = dynamic(() => import("./empty-hint").then((part) => part.EmptyHint), { ssr: false });
const NextBuild = dynamic(() => import("@/components/build/next-build").then((part) => part.NextBuild), {
  ssr: false,
});
const RefusalNote = dynamic(() => import("./refusal-note").then((part) => part.RefusalNote), { ssr: false });
const NODE_TYPES = { stage: StageCard, image: ImageCard, args: ArgsCard };
const EDGE_TYPES = { bundle: BundleEdge };

export function Canvas() {
  return (
    <ReactFlowProvider>
      <LiveModelsProvider>
        <Board />
      </LiveModelsProvider>
    </ReactFlowProvider>
  );
}

export default Canvas;

function Board() {
  const document_ = useDocumentStore();
  const canvas = useCanvasStore();
  const mayEdit = useDocument((s) => s.rights.edit);
  const stale = useDocument((s) => s.graph.stale);
  const minimap = useCanvasState((s) => s.minimap);
  const shownAs = useCanvasState((s) => s.shownAs);
  const rowDragged = useCanvasState((s) => s.rowDrag !== null);
  const looking = useCanvasState((s) => s.paths !== null);
  const refused = useCanvasState((s) => s.refusal !== null);
  const searching = useCanvasState((s) => s.search !== null);
  const models = useLiveModels();
  const { nodes, edges, large, sizes, onNodesChange, onNodeDragStop } = useFlowParts();
  const under = useUnder();
  const frame = useRef<HTMLDivElement>(null);
  useSettling(nodes, sizes);
  const ready = useFirstFit(nodes);
  const asked = useAskedFor(ready);
  const listed = asked !== null && shownAs === "list";
  useReveal();
  useKeptFocus(frame, nodes, listed);
  useDetail(frame);
  useSight(large);
  useCover(frame, large);
  const deeds = useDeeds();
  const { onKey, goTo } = useKeys();
  const view = useCanvasView(deeds, goTo);
  const editing = useCanvasState((s) => s.editing);
  const foreseeing = useDocument((s) => s.whatIf);
  const flow = useReactFlow();

  const onNodeClick = useCallback(
    (event: MouseEvent, node: FlowNode) => {
      const { select } = document_.getState();
      if (node.type === "args") return;
      if (node.type === "image") return select({ kind: "image", image: node.id }, "canvas");
      const instruction = placeOf(event.target as Element)?.instruction ?? null;
      select(
        instruction === null
          ? { kind: "stage", stage: node.id }
          : { kind: "instruction", stage: node.id, instruction },
        "canvas",
      );
    },
    [document_],
  );
  const onNodeDoubleClick = useCallback(
    (event: MouseEvent, node: FlowNode) => {
      const { graph, rights } = document_.getState();
      const instruction = placeOf(event.target as Element)?.instruction;
      const copies = graph.edges.some(
        (edge) => edge.kind === "copy" && edge.target === node.id && edge.instruction === instruction,
      );
      if (!rights.edit || !instruction) return;
      if (copies) canvas.getState().change({ paths: { stage: node.id, instruction } });
      else canvas.getState().change({ writing: { kind: "edit", stage: node.id, at: instruction } });
    },
    [document_, canvas],
  );
  const onNodeContextMenu = useCallback(
    (event: MouseEvent, node: FlowNode) => {
      if (!(event.target instanceof Element) || event.target.closest("input, textarea")) return;
      event.preventDefault();
      const { graph, select, rights } = document_.getState();
      if (!rights.edit) return;
      const stage = graph.stages.find(({ id }) => id === node.id);
      if (stage) select({ kind: "stage", stage: node.id }, "canvas");
      // The key for it has no pointer.
      const box = event.target.getBoundingClientRect();
      const at = event.clientX > 0 ? { x: event.clientX, y: event.clientY } : { x: box.left, y: box.bottom };
      const label = stage?.label ?? node.id.replace(/^image:/, "");
      canvas.getState().change({ menu: { node: node.id, label, ...at } });
    },
    [document_, canvas],
  );
  const onEdgeClick = useCallback(
    (event: MouseEvent, edge: FlowEdge) => {
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const { members = [] } = (models.of(edge.id) as BundleModel | undefined) ?? {};
      openEdges({ document: document_.getState(), canvas: canvas.getState() }, members, at);
    },
    [document_, canvas, flow, models],
  );
  const onPaneClick = useCallback(() => document_.getState().select({ kind: "none" }, "canvas"), [document_]);
  const hover = useCallback(
    (_: MouseEvent, edge: FlowEdge) => canvas.getState().change({ hovered: edge.id }),
    [canvas],
  );
  const unhover = useCallback(() => canvas.getState().change({ hovered: null }), [canvas]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the canvas; each deed has a button or a focusable card too
    <div
      ref={frame}
      className={styles.canvas}
      data-canvas=""
      data-testid="canvas"
      data-ready={ready}
      data-shown-as={shownAs}
      tabIndex={-1}
      data-stale={stale}
      data-row-dragged={rowDragged}
      onKeyDown={(event) => {
        const { target, currentTarget } = event;
        if (target instanceof Element && currentTarget.contains(target) && !isControl(target))
          onKey(event.nativeEvent);
      }}
      onDoubleClick={(event) => {
        if (
          mayEdit &&
          event.target instanceof Element &&
          event.target.classList.contains("react-flow__pane")
        ) {
          deeds.addStage(flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
        }
      }}
    >
      <EdgeMarkers />
      {asked && <asked.Ways />}
      {asked && searching && <asked.SearchField />}
      {listed && <asked.Outline />}
      <ReactFlow<FlowNode, FlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={onNodesChange}
        onNodeDragStop={onNodeDragStop}
        onNodeClick={onNodeClick}
        onNodeContextMenu={onNodeContextMenu}
        onNodeDoubleClick={onNodeDoubleClick}
        onNodeMouseEnter={large ? under.enter : undefined}
        onNodeMouseLeave={large ? under.leave : undefined}
        onEdgeClick={onEdgeClick}
        onEdgeMouseEnter={hover}
        onEdgeMouseLeave={unhover}
        onPaneClick={onPaneClick}
        onConnectStart={editing?.onConnectStart}
        onConnectEnd={editing?.onConnectEnd}
        onError={ignoreLateHandles}
        connectionLineComponent={editing?.ConnectionLine}
        connectOnClick={false}
        connectionDragThreshold={3}
        nodeDragThreshold={3}
        nodesConnectable={editing !== null}
        {...OWN_WAYS}
        maxZoom={2.5}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--canvas-dot)" />
        {minimap && <MiniMap pannable zoomable className={styles.minimap} ariaLabel="Map of the graph" />}
      </ReactFlow>
      {stale && <StaleNote />}
      {foreseeing && <NextBuild floating />}
      {nodes.length === 0 && <EmptyHint mayEdit={mayEdit} />}
      {(mayEdit || looking) && <EdgePanel />}
      {(mayEdit || refused) && <RefusalNote />}
      {mayEdit && <EditingOverlays />}
      <Toolbar view={view} />
    </div>
  );
}

/** Keys belong to what is typed in or pressed, not to the canvas around it; the list's items are the canvas. */
function isControl(element: Element): boolean {
  return (
    element.closest("[data-node]") === null &&
    element.closest("input, textarea, button, [role=dialog], [role=alert]") !== null
  );
}

/** An edge may come a frame before the handle of its row; React Flow draws it as soon as that is there. */
function ignoreLateHandles(code: string, message: string): void {
  if (code !== "008") console.warn(message);
}
