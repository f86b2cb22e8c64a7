"use client";
import { useEffect, useId, useRef, useState } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import type { DocumentStore } from "@/lib/store/types";
import { stageIndex } from "./build-view";
import { useCanvasStore } from "./canvas-state";
import { focusNode } from "./focus";
import { sayNotes } from "./say-notes";
import styles from "./stage-card.module.css";

/** The name of a stage, being changed in its place: Enter writes it, every reference following; Escape leaves it. */
export function RenameField({ id, name, label }: { id: string; name: string; label: string }) {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const [value, setValue] = useState(name);
  const [refusal, setRefusal] = useState<string | null>(null);
  const messageId = useId();
  const field = useRef<HTMLInputElement>(null);
  const over = useRef(false);

  useEffect(() => {
    // The card of a new stage is invisible until it is measured, and what is invisible takes no focus.
    let frame = 0;
    const take = (tries: number) => {
      field.current?.focus({ preventScroll: true });
      if (document.activeElement !== field.current && tries > 0)
        frame = requestAnimationFrame(() => take(tries - 1));
    };
    take(60);
    return () => cancelAnimationFrame(frame);
  }, []);

  const close = () => {
    over.current = true;
    const hadFocus = document.activeElement === field.current;
    canvas.getState().change({ renaming: null, renamingMade: null });
    if (hadFocus) requestAnimationFrame(() => focusNode(id));
  };
  /** Whether the name is now what was asked for. */
  const commit = (wish = value.trim()): string | null => {
    if (wish === name) return null;
    const { applyAll, stageIds } = store.getState();
    const stage = stageIndex(stageIds, id);
    const result = applyAll([{ type: "renameStage", stage, name: wish }], canvas.getState().renamingMade);
    if (!result.ok) return result.reason;
    sayNotes(result.notes, store.getState());
    return null;
  };
  const instead = refusal === null ? null : nameInstead(store.getState(), id, value);

  return (
    <span className={cx(styles.rename, "nodrag", "nopan")}>
      <input
        ref={field}
        className={styles.renameInput}
        value={value}
        placeholder={label}
        aria-label={`Name of ${label}`}
        aria-invalid={refusal !== null}
        aria-describedby={refusal ? messageId : undefined}
        spellCheck={false}
        autoComplete="off"
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setValue(event.currentTarget.value);
          setRefusal(null);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") return close();
          if (event.key !== "Enter") return;
          const reason = commit();
          if (reason === null) close();
          else setRefusal(reason);
        }}
        onBlur={(event) => {
          // Its remedy is a part of it.
          if (
            event.relatedTarget instanceof Node &&
            event.currentTarget.parentElement?.contains(event.relatedTarget)
          )
            return;
          // Leaving the field keeps a good name and drops a bad one; nobody is held fast in it.
          if (over.current) return;
          commit();
          close();
        }}
      />
      {refusal && (
        <span className={styles.renameRefusal} id={messageId} role="alert">
          {refusal}
          {instead !== null && (
            <button
              type="button"
              className={styles.renameInstead}
              // Before the field loses the focus, which would close it.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => {
                if (commit(instead) === null) close();
              }}
            >
              Call it {instead}
            </button>
          )}
        </span>
      )}
    </span>
  );
}

/** The nearest name that can be had: without what no name may hold, and with a number where it is taken. */
export function nameInstead(
  { plan, stageIds }: Pick<DocumentStore, "plan" | "stageIds">,
  id: string,
  wish: string,
): string | null {
  const stage = stageIndex(stageIds, id);
  const clean = wish
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  if (clean === "") return null;
  for (let suffix = 1; suffix < 20; suffix++) {
    const name = suffix === 1 ? clean : `${clean}-${suffix}`;
    if (plan({ type: "renameStage", stage, name }).ok) return name;
  }
  return null;
}
