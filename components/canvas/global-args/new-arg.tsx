"use client";
import { useDocumentStore } from "@/components/editor/document-context";
import { useCanvasStore } from "../canvas-state";
import styles from "./global-args.module.css";
import { InlineField } from "./inline-field";

/** A line for an ARG to be: NAME or NAME=default. */
export function NewArg() {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const add = (wish: string): string | null => {
    if (wish === "") return null;
    const equals = wish.indexOf("=");
    const name = (equals < 0 ? wish : wish.slice(0, equals)).trim();
    const value = equals < 0 ? null : wish.slice(equals + 1).trim();
    const { apply, select } = store.getState();
    const result = apply({ type: "addGlobalArg", name, value });
    if (!result.ok) return result.reason;
    select({ kind: "argument", argument: name }, "canvas");
    return null;
  };
  return (
    <li className={styles.row}>
      <InlineField
        label="New global ARG"
        value=""
        placeholder="NAME=default"
        onWrite={add}
        onClose={() => canvas.getState().change({ argument: null })}
      />
    </li>
  );
}
