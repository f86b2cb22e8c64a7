"use client";
/** The ARGs before the first FROM, in the list. */
import { useDocument } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import type { ArgumentNode } from "@/lib/graph/arguments";
import { useCanvasStore } from "../canvas-state";
import { ArgList } from "./arg-list";
import styles from "./global-args.module.css";

export function ArgsItem({ args }: { args: readonly ArgumentNode[] }) {
  const readOnly = useDocument((s) => !s.rights.edit);
  const canvas = useCanvasStore();
  return (
    <div className={styles.inList} data-testid="outline-args">
      <ArgList args={args} readOnly={readOnly} within="list" />
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
