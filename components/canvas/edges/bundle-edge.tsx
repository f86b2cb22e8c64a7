"use client";
/** Edges between two nodes: FROM solid, COPY --from dashed with an arrow, RUN --mount dotted; many of a kind as one. */
import { type EdgeProps, useInternalNode } from "@xyflow/react";
import { memo } from "react";
import { useDocument } from "@/components/editor/document-context";
import type { Way } from "@/lib/graph/edge-curve";
import { rowPort } from "@/lib/graph/layout";
import type { DocumentStore } from "@/lib/store/types";
import { useCanvasState } from "../canvas-state";
import type { FlowEdge } from "../flow-types";
import { useModel } from "../live-models";
import type { BundleModel } from "../models";
import target from "../target.module.css";
import { BundleLabel, MemberLabel } from "./edge-label";
import { branch, type Ends, Line, PullableLine, useCurve } from "./edge-line";
import { describeEdge } from "./edge-text";

export const BundleEdge = memo(function BundleEdge({
  id,
  data,
  sourceX,
  sourceY,
  targetX,
  targetY,
}: EdgeProps<FlowEdge>) {
  const bundle = useModel<BundleModel>(id);
  return bundle && <Bundle {...{ bundle, large: data!.large, sourceX, sourceY, targetX, targetY }} />;
});

const Bundle = memo(function Bundle({
  bundle,
  large,
  ...ends
}: { bundle: BundleModel; large: boolean } & Ends) {
  const inSight = useCanvasState(
    ({ whole }) => !large || whole.has(bundle.source) || whole.has(bundle.target),
  );
  const hovered = useCanvasState((s) => s.hovered === bundle.id);
  const selected = useDocument((s) => selectedMember(s, bundle));
  const pulled = useCanvasState(({ connecting }) =>
    connecting && "edge" in connecting.pull && isMember(bundle, connecting.pull.edge)
      ? connecting.pull.edge
      : null,
  );
  const way = useCanvasState(({ ways }) => ways.get(bundle.id));
  const { idle } = bundle;
  const props = {
    bundle,
    way,
    active: hovered || selected !== null || pulled !== null,
    inSight,
    selected: selected ?? pulled,
    ...ends,
  };
  return (
    <g className={idle ? target.idleEdge : undefined} data-idle={idle || undefined}>
      {bundle.members.length > 1 ? <ManyEdges {...props} /> : <OneEdge {...props} />}
    </g>
  );
});

const isMember = ({ members }: BundleModel, edge: string) => members.some(({ id }) => id === edge);

/** The member that is selected, or whose row is; of FROM, the one whose stage is. */
function selectedMember({ selection }: DocumentStore, bundle: BundleModel): string | null {
  if (selection.kind === "edge") return isMember(bundle, selection.edge) ? selection.edge : null;
  if (selection.kind === "stage" && bundle.kind === "from") {
    return bundle.target === selection.stage ? bundle.members[0]!.id : null;
  }
  if (selection.kind !== "instruction" || selection.stage !== bundle.target) return null;
  return bundle.members.find(({ instruction }) => instruction === selection.instruction)?.id ?? null;
}

interface BundleProps extends Ends {
  bundle: BundleModel;
  way: Way | undefined;
  active: boolean;
  /** Labels of others could not be read. */
  inSight: boolean;
  /** The member that is selected. */
  selected: string | null;
}

function OneEdge({ bundle, way, active, inSight, selected, ...ends }: BundleProps) {
  const curve = useCurve(bundle.source, way);
  const { path, x, y } = curve(ends);
  const [edge] = bundle.members;
  return (
    <>
      <PullableLine edge={edge!} path={path} curve={curve} ends={ends} active={active} />
      {(inSight || active) && (
        <BundleLabel bundle={bundle} x={x} y={y} active={active} selected={selected !== null} />
      )}
    </>
  );
}

/** Closed, one line that branches before the rows; open, a line to each row with its own label. */
function ManyEdges({ bundle, way, active, inSight, selected, ...ends }: BundleProps) {
  const target = useInternalNode(bundle.target);
  const curve = useCurve(bundle.source, way);
  const origin = target?.internals.positionAbsolute;
  const handles = target?.internals.handleBounds?.target ?? [];
  const members = bundle.members.map((edge) => {
    const handle = handles.find(({ id }) => id === rowPort(edge.instruction));
    const y = handle && origin ? origin.y + handle.y + handle.height / 2 : ends.targetY;
    return { edge, targetY: y };
  });
  const { path, x, y } = curve(ends);
  if (!active) {
    return (
      <>
        <Line
          id={bundle.id}
          kind={bundle.kind}
          path={path}
          branches={members.slice(1).map(({ targetY }) => branch(ends, targetY))}
          active={false}
          title={bundle.members.map(describeEdge).join("\n")}
        />
        {inSight && <BundleLabel bundle={bundle} x={x} y={y} active={false} selected={false} all />}
      </>
    );
  }
  return members.map(({ edge, targetY }, nth) => (
    <g key={edge.id}>
      <PullableLine
        edge={edge}
        path={curve({ ...ends, targetY }).path}
        curve={curve}
        ends={{ ...ends, targetY }}
        active={selected === null || edge.id === selected}
      />
      <MemberLabel
        bundle={bundle}
        edge={edge}
        x={x}
        y={y + (nth - (members.length - 1) / 2) * 26}
        selected={edge.id === selected}
      />
    </g>
  ));
}
