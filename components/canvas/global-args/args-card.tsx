"use client";
/** The ARGs before the first FROM: their defaults, edited in place, and who takes them. */
import type { NodeProps } from "@xyflow/react";
import { Plus } from "lucide-react";
import { memo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { useCanvasStore } from "../canvas-state";
import type { ArgsFlowNode } from "../flow-types";
import { useModel } from "../live-models";
import type { ArgsModel } from "../models";
import { ArgList } from "./arg-list";
import styles from "./global-args.module.css";

const NO_ARGS: ArgsModel["args"] = [];

export const ArgsCard = memo(function ArgsCard({ id }: NodeProps<ArgsFlowNode>) {
  const args = useModel<ArgsModel>(id)?.args ?? NO_ARGS;
  const readOnly = useDocument((s) => !s.rights.edit);
  const canvas = useCanvasStore();
  return (
    <article className={styles.card} data-testid="args-card">
      <header className={styles.head}>
        <span className={styles.title} title="ARGs before the first FROM: every FROM can use them">
          Global ARGs
        </span>
        {!readOnly && (
          <button
            type="button"
            className={`${styles.add} nodrag nopan`}
            aria-label="Add a global ARG"
            title="Add a global ARG"
            onClick={() => canvas.getState().change({ argument: { name: null, field: "name" } })}
          >
            <Plus size={14} aria-hidden="true" />
          </button>
        )}
      </header>
      <ArgList args={args} readOnly={readOnly} within="graph" />
    </article>
  );
});
