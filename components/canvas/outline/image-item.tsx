"use client";
import { memo } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { useCanvasState } from "../canvas-state";
import type { ImageModel } from "../models";
import { EdgeList } from "./edge-list";
import type { ItemEdges } from "./outline";
import styles from "./outline.module.css";

export const ImageItem = memo(function ImageItem({
  image: { id, ref, idle },
  edges,
  names,
  current,
}: {
  image: ImageModel;
  edges: ItemEdges;
  names: ReadonlyMap<string, string>;
  current: boolean;
}) {
  const store = useDocumentStore();
  const found = useCanvasState((s) => s.found?.has(id) ?? false);
  const selected = useDocument(
    (s) => s.selection.kind === "image" && (s.selection.image === id || s.selection.image === ref),
  );
  return (
    <li className={cx(styles.item, selected && styles.selected)} data-item={id} data-testid="outline-image">
      <h3 className={styles.name}>
        <button
          type="button"
          data-node={id}
          data-found={found || undefined}
          aria-pressed={selected}
          tabIndex={current ? 0 : -1}
          onClick={() => store.getState().select({ kind: "image", image: id }, "canvas")}
        >
          <span className="visually-hidden">Image </span>
          <code>{ref}</code>
        </button>
      </h3>
      {(idle || ref === "scratch") && (
        <p className={styles.facts}>
          {ref === "scratch" && <span>empty base</span>}
          {idle && <span>nothing that is built uses it</span>}
        </p>
      )}
      <EdgeList
        title={`${ref} gives`}
        bundles={edges.outOf}
        other="target"
        names={names}
        reachable={current}
      />
    </li>
  );
});
