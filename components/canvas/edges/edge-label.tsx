"use client";
/** What stands on an edge: its paths and, after a build, its bytes. A click opens it. */
import { type ReactNode, useMemo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { formatBytes } from "@/lib/build/format";
import { bytesAt } from "@/lib/build/state";
import { stageIndex } from "../build-view";
import { useCanvasStore } from "../canvas-state";
import type { BundleModel, EdgeModel } from "../models";
import { describeEdge, pathText } from "./edge-text";
import styles from "./edges.module.css";
import { OverEdges } from "./over-edges";
import { useOpenEdges } from "./use-open-edges";

function Label({
  bundle,
  edge,
  x,
  y,
  active,
  selected,
  all = false,
  children,
}: {
  bundle: BundleModel;
  edge: EdgeModel;
  x: number;
  y: number;
  active: boolean;
  selected: boolean;
  /** It stands for all members of the bundle. */
  all?: boolean;
  children: ReactNode;
}) {
  const canvas = useCanvasStore();
  const opened = useMemo(() => (all ? bundle.members : [edge]), [all, bundle, edge]);
  const open = useOpenEdges(opened);
  return (
    <OverEdges>
      <button
        type="button"
        tabIndex={-1}
        className={cx(
          styles.label,
          styles[`${edge.kind}Label`],
          selected && styles.selectedLabel,
          "nodrag",
          "nopan",
        )}
        style={{
          transform: `translate(-50%, -50%) translate(${x}px, ${y}px)`,
          zIndex: active ? 5 : undefined,
        }}
        data-testid="edge-label"
        title={describeEdge(edge)}
        onClick={open}
        onPointerEnter={() => canvas.getState().change({ hovered: bundle.id })}
        onPointerLeave={() => canvas.getState().change({ hovered: null })}
      >
        {children}
      </button>
    </OverEdges>
  );
}

/** Of a bundle as one; nothing where its only edge says nothing more than it shows. */
export function BundleLabel(props: {
  bundle: BundleModel;
  x: number;
  y: number;
  active: boolean;
  selected: boolean;
  all?: boolean;
}) {
  const { bundle, all } = props;
  const label = useLabel(bundle.members);
  if (label === null && !all) return null;
  return (
    <Label {...props} edge={bundle.members[0]!}>
      {label}
    </Label>
  );
}

export function MemberLabel(props: {
  bundle: BundleModel;
  edge: EdgeModel;
  x: number;
  y: number;
  selected: boolean;
}) {
  const label = useLabel([props.edge]);
  return (
    <Label {...props} active>
      {label}
    </Label>
  );
}

/** "/app · 1.9MB", "3 copies · 12MB", "FROM": what an edge says; null where it says nothing more than it shows. */
function useLabel(members: readonly EdgeModel[]): string | null {
  const bytes = useDocument((s) => {
    const state = s.build?.state;
    if (!state) return -1;
    const index = stageIndex(s.stageIds, members[0]!.target);
    let sum = -1;
    for (const { kind, instruction } of members) {
      const own = kind === "copy" ? bytesAt(state, index, instruction) : null;
      if (own !== null) sum = Math.max(sum, 0) + own;
    }
    return sum;
  });
  const text = pathText(members);
  if (text === null || bytes < 0) return text;
  return `${text} · ${formatBytes(bytes)}`;
}
