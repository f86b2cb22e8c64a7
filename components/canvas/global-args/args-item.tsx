"use client";
/** The ARGs before the first FROM, in the list. */
import { useDocument } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import type { ArgumentNode } from "@/lib/graph/arguments";
import { useCanvasState, useCanvasStore } from "../canvas-state";
import { ArgRow } from "./arg-row";
import styles from "./global-args.module.css";
import { NewArg } from "./new-arg";
import { NO_USES, useUses } from "./use-uses";

export function ArgsItem({ args }: { args: readonly ArgumentNode[] }) {
  const uses = useUses(args);
  const readOnly = useDocument((s) => !s.rights.edit);
  const adding = useCanvasState((s) => s.argument?.name === null && s.shownAs === "list");
  const canvas = useCanvasStore();
  return (
    <div className={styles.inList} data-testid="outline-args">
      <ul className={styles.rows} aria-label="Global ARGs">
        {args.map((arg) => (
          <ArgRow
            key={arg.name}
            arg={arg}
            uses={uses.get(arg.name) ?? NO_USES}
            readOnly={readOnly}
            within="list"
          />
        ))}
        {adding && <NewArg />}
      </ul>
      {!readOnly && (
        <Button
          size="small"
          variant="quiet"
          onClick={() => canvas.getState().change({ argument: { name: null, field: "name" } })}
        >
          Add a global ARG
        </Button>
      )}
    </div>
  );
}
