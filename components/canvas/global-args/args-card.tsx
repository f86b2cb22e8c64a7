"use client";
/** The ARGs before the first FROM: their defaults, edited in place, and who takes them. */
import type { NodeProps } from "@xyflow/react";
import { Plus } from "lucide-react";
import { memo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { useCanvasState, useCanvasStore } from "../canvas-state";
import type { ArgsFlowNode } from "../flow-types";
import { useModel } from "../live-models";
import type { ArgsModel } from "../models";
import { ArgRow } from "./arg-row";
import styles from "./global-args.module.css";
import { NewArg } from "./new-arg";
import { NO_USES, useUses } from "./use-uses";

const NO_ARGS: ArgsModel["args"] = [];

export const ArgsCard = memo(function ArgsCard({ id }: NodeProps<ArgsFlowNode>) {
  const args = useModel<ArgsModel>(id)?.args ?? NO_ARGS;
  const uses = useUses(args);
  const readOnly = useDocument((s) => !s.rights.edit);
  const adding = useCanvasState((s) => s.argument?.name === null && s.shownAs === "graph");
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
      <ul className={styles.rows} aria-label="Global ARGs">
        {args.map((arg) => (
          <ArgRow
            key={arg.name}
            arg={arg}
            uses={uses.get(arg.name) ?? NO_USES}
            readOnly={readOnly}
            within="graph"
          />
        ))}
        {adding && <NewArg />}
      </ul>
    </article>
  );
});
