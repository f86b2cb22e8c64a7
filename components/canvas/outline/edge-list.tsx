"use client";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { formatBytes } from "@/lib/build/format";
import { bytesAt } from "@/lib/build/state";
import { stageIndex } from "../build-view";
import { useCanvasStore } from "../canvas-state";
import type { BundleModel, EdgeModel } from "../models";
import styles from "./outline.module.css";

/** The edges of an item in one direction: a button that selects each, and one that goes to its other end. */
export function EdgeList({
  title,
  bundles,
  other,
  names,
  reachable,
}: {
  title: string;
  bundles: readonly BundleModel[];
  /** The end that is not this item. */
  other: "source" | "target";
  names: ReadonlyMap<string, string>;
  /** Whether Tab stops here. */
  reachable: boolean;
}) {
  if (bundles.length === 0) return null;
  return (
    <div className={styles.edges}>
      <h3>{other === "source" ? "takes" : "gives"}</h3>
      <ul aria-label={title}>
        {bundles.flatMap(({ members }) =>
          members.map((edge) => (
            <EdgeLine
              key={edge.id}
              edge={edge}
              end={edge[other]}
              other={other}
              name={names.get(edge[other]) ?? edge[other]}
              reachable={reachable}
            />
          )),
        )}
      </ul>
    </div>
  );
}

function EdgeLine({
  edge,
  end,
  other,
  name,
  reachable,
}: {
  edge: EdgeModel;
  end: string;
  other: "source" | "target";
  name: string;
  reachable: boolean;
}) {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const selected = useDocument((s) => s.selection.kind === "edge" && s.selection.edge === edge.id);
  const bytes = useDocument((s) => {
    const state = s.build?.state;
    if (!state || edge.kind !== "copy") return null;
    return bytesAt(state, stageIndex(s.stageIds, edge.target), edge.instruction);
  });
  const tabIndex = reachable ? 0 : -1;
  return (
    <li>
      <button
        type="button"
        className={styles.edge}
        data-testid="outline-edge"
        aria-pressed={selected}
        tabIndex={tabIndex}
        onClick={() => store.getState().select({ kind: "edge", edge: edge.id }, "canvas")}
      >
        {wordsOf(edge)}
        {bytes !== null && `, ${formatBytes(bytes)}`}
      </button>{" "}
      {other === "target" ? "in " : edge.kind === "from" ? "" : "from "}
      <button
        type="button"
        className={styles.end}
        tabIndex={tabIndex}
        onClick={() => canvas.getState().view?.goTo({ node: end, instruction: null })}
      >
        {name}
      </button>
    </li>
  );
}

function wordsOf({ kind, sources, destination }: EdgeModel): string {
  if (kind === "from") return "FROM";
  const from = sources.join(" ");
  if (kind === "copy") return `COPY ${[from, destination].filter(Boolean).join(" → ")}`;
  return `RUN --mount ${[from, destination].filter(Boolean).join(" at ")}`;
}
