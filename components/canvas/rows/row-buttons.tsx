"use client";
/** What stands at a row while a pointer is near it: a menu of what can be done, and where another can be added. */
import { Ellipsis, Plus } from "lucide-react";
import { type MouseEvent, memo, type PointerEvent, useState } from "react";
import { useKeyHint } from "@/components/commands/key-hint";
import { useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import type { Point } from "@/lib/graph/layout";
import { rowsSelection, selectedRows } from "@/lib/store/selection-slice";
import type { DocumentStore } from "@/lib/store/types";
import { type CanvasState, useCanvasStore } from "../canvas-state";
import type { RowModel } from "../models";
import type { Place } from "../steps";
import styles from "./rows.module.css";

/** Whether a mouse or a pen is over it. */
export function useNear(wanted: boolean) {
  const [near, setNear] = useState(false);
  const enter = (event: PointerEvent) => setNear(event.pointerType !== "touch");
  return wanted ? { near, onPointerEnter: enter, onPointerLeave: () => setNear(false) } : { near: false };
}

/** Selects all rows from the one that the selection was begun at; false where none was, in this stage. */
export function extendTo({ selection, select }: DocumentStore, stage: string, instruction: number): boolean {
  if (selection.kind !== "instruction" || selection.stage !== stage) return false;
  window.getSelection()?.removeAllRanges();
  select(rowsSelection(stage, selection.anchor ?? selection.instruction, instruction), "canvas");
  return true;
}

/** The menu of a row works on what is selected: on the row itself, where it is not among that. */
export function openRowMenu(document: DocumentStore, canvas: CanvasState, place: Place, at: Point): void {
  const { node, instruction } = place;
  const rows = selectedRows(document.selection);
  const among =
    instruction !== null && rows?.stage === node && rows.from <= instruction && instruction < rows.to;
  if (!among && instruction !== null) {
    document.select({ kind: "instruction", stage: node, instruction }, "canvas");
  }
  canvas.change({ rowMenu: { at, place } });
}

/** Where a row was pressed; below its beginning where that was done by key. */
export function pressedAt(row: HTMLElement, { clientX, clientY }: MouseEvent): Point {
  const box = row.getBoundingClientRect();
  const within = clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
  return within ? { x: clientX, y: clientY } : { x: box.left + 14, y: box.bottom };
}

export function RowButtons({ stage, row, near }: { stage: string; row: RowModel; near: boolean }) {
  const canvas = useCanvasStore();
  const store = useDocumentStore();
  const { instruction, keyword } = row;
  const insert = (at: number) => canvas.getState().change({ writing: { kind: "insert", stage, at } });
  return (
    <>
      <button
        type="button"
        className={cx(styles.more, "nodrag")}
        tabIndex={-1}
        aria-label={`More for ${keyword}`}
        title="More"
        onClick={(event) => {
          event.stopPropagation();
          const box = event.currentTarget.getBoundingClientRect();
          const at = { x: box.left, y: box.bottom };
          openRowMenu(store.getState(), canvas.getState(), { node: stage, instruction }, at);
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <Ellipsis size={14} aria-hidden="true" />
      </button>
      {near && (
        <button
          type="button"
          className={cx(styles.insert, "nodrag")}
          tabIndex={-1}
          aria-label={`Add an instruction before ${keyword}`}
          title="Add an instruction here"
          onClick={(event) => {
            event.stopPropagation();
            insert(instruction);
          }}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <Plus size={11} aria-hidden="true" />
        </button>
      )}
    </>
  );
}

/** Behind the last row of a card. */
export const AddButton = memo(function AddButton(props: { stage: string; at: number; label: string }) {
  const { stage, at, label } = props;
  const canvas = useCanvasStore();
  const key = useKeyHint("instruction.add");
  return (
    <button
      type="button"
      className={cx(styles.add, "nodrag")}
      data-testid="add-instruction"
      tabIndex={-1}
      aria-label={`Add an instruction to ${label}`}
      title={`Add an instruction${key ? ` (${key})` : ""}`}
      onClick={(event) => {
        event.stopPropagation();
        canvas.getState().change({ writing: { kind: "insert", stage, at } });
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Plus size={12} aria-hidden="true" /> Instruction
    </button>
  );
});
