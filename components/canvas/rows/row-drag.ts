/**
 * Drags rows within their stage or into another; the text moves when they are let go. A mouse or a pen drags at once; a
 * finger, which moves the canvas otherwise, after it has rested on the row.
 */
import type { PointerEvent as ReactPointerEvent } from "react";
import type { StageId } from "@/lib/graph/types";
import { selectedRows } from "@/lib/store/selection-slice";
import { stageIndex } from "../build-view";
import type { RowDrag } from "../canvas-state";
import type { Stores } from "../edges/stores";
import { placeOf } from "../focus";
import { openRowMenu } from "./row-buttons";
import { moveRows } from "./row-edits";
import { runRowEdits } from "./run-row-edits";

/** Less than this is a click with an unsteady hand, in pixels. */
const THRESHOLD = 5;
/** How long a finger rests before it drags, in milliseconds, and how far it may stray meanwhile. */
const REST = 400;
const STRAY = 9;

type Landing = NonNullable<RowDrag["to"]>;

/** Begins with a press on the row. */
export function dragRow(
  down: ReactPointerEvent<HTMLElement>,
  { document: document_, canvas }: Stores,
  stage: StageId,
  instruction: number,
): void {
  if (down.button !== 0 || (down.target as Element).closest("button")) return;
  const touch = down.pointerType === "touch";
  const start = { x: down.clientX, y: down.clientY };
  const row = down.currentTarget;
  let dragging = false;
  let moved = false;

  /** The selected rows where the one under the hand is among them. */
  const rowsHere = () => {
    const rows = selectedRows(document_.getState().selection);
    const among = rows?.stage === stage && rows.from <= instruction && instruction < rows.to;
    return among ? { from: rows.from, upTo: rows.to } : { from: instruction, upTo: instruction + 1 };
  };
  const editsFor = ({ from, upTo }: { from: number; upTo: number }, to: Landing) => {
    const { stageIds } = document_.getState();
    return moveRows(
      { stage: stageIndex(stageIds, stage), from, to: upTo },
      { stage: stageIndex(stageIds, to.stage), at: to.at },
    );
  };
  const dragTo = (x: number, y: number) => {
    const rows = rowsHere();
    const to = landingAt(x, y);
    const before = canvas.getState().rowDrag?.to;
    if (before && to && before.stage === to.stage && before.at === to.at) return;
    const result = to && document_.getState().planAll(editsFor(rows, to));
    const refusal = result && !result.ok ? result.reason : null;
    canvas.getState().change({ rowDrag: { stage, ...rows, to, refusal } });
  };
  const begin = () => {
    dragging = true;
    window.getSelection()?.removeAllRanges();
    if (!touch) return;
    navigator.vibrate?.(12);
    dragTo(start.x, start.y);
  };
  const timer = touch ? setTimeout(begin, REST) : undefined;

  const move = (event: PointerEvent) => {
    const far = Math.hypot(event.clientX - start.x, event.clientY - start.y);
    if (!dragging) {
      if (touch && far > STRAY) return end(event);
      if (touch || far < THRESHOLD) return;
      begin();
    }
    moved ||= far >= THRESHOLD;
    event.preventDefault();
    dragTo(event.clientX, event.clientY);
  };
  const end = (event: Event) => {
    clearTimeout(timer);
    for (const [name, listener] of listeners) window.removeEventListener(name, listener, true);
    const drag = canvas.getState().rowDrag;
    if (!drag) return;
    canvas.getState().change({ rowDrag: null });
    if (event.type !== "pointerup") return;
    if (touch) {
      // The click that a browser makes of it would take the focus from what opens now.
      const quiet = (lifted: Event) => lifted.cancelable && lifted.preventDefault();
      window.addEventListener("touchend", quiet, { capture: true, passive: false, once: true });
    }
    if (!moved) {
      // A finger that rested and was lifted wants to know what can be done.
      const at = { x: start.x, y: row.getBoundingClientRect().bottom };
      openRowMenu(document_.getState(), canvas.getState(), { node: stage, instruction }, at);
    } else if (drag.to && drag.refusal === null) {
      const { stageIds } = document_.getState();
      const rows = { stage: stageIndex(stageIds, stage), from: drag.from, to: drag.upTo };
      const to = { stage: stageIndex(stageIds, drag.to.stage), at: drag.to.at };
      runRowEdits.move(document_.getState, rows, to);
    }
  };
  const onEscape = (event: Event) => {
    if ((event as KeyboardEvent).key !== "Escape") return;
    event.stopPropagation();
    end(event);
  };
  // What the finger does while it drags is no gesture of the canvas.
  const hold = (event: Event) => {
    if (!dragging) return;
    event.stopImmediatePropagation();
    if (event.cancelable) event.preventDefault();
  };
  const listeners: [string, (event: Event) => void][] = [
    ["pointermove", move as (event: Event) => void],
    ["pointerup", end],
    ["pointercancel", end],
    ["keydown", onEscape],
    ["touchmove", hold],
  ];
  for (const [name, listener] of listeners) {
    window.addEventListener(name, listener, { capture: true, passive: false });
  }
}

/** Before which instruction of which stage a row let go here would land; null outside the cards. */
function landingAt(x: number, y: number): Landing | null {
  const element = document.elementFromPoint(x, y);
  const place = placeOf(element);
  const card = element?.closest('[data-testid="stage-card"]');
  if (!place || !card) return null;
  const rows = [...card.querySelectorAll<HTMLElement>("[data-instruction]")];
  const above = rows.findLast((row) => {
    const box = row.getBoundingClientRect();
    return box.top + box.height / 2 < y;
  });
  return { stage: place.node, at: (above ? Number(above.dataset.instruction) : 0) + 1 };
}
