/**
 * Drags a stage to another place in the order of the file, by its number: let go on a card, it takes that card's place.
 * While it is dragged every card shows the number that it would have.
 */
import type { PointerEvent as ReactPointerEvent } from "react";
import type { EditResult } from "@/lib/dockerfile";
import type { StageId } from "@/lib/graph/types";
import { stageIndex } from "../build-view";
import type { Stores } from "../edges/stores";
import { placeOf } from "../focus";
import { sayNotes } from "../say-notes";

export interface StageDrag {
  stage: StageId;
  /** In pixels of the window. */
  pointer: { x: number; y: number };
  /** The card that it is over, where it would take the place of another one. */
  over: StageId | null;
  plan: EditResult | null;
  /** Numbers as they would be, of the stages that would have another. */
  numbers: ReadonlyMap<StageId, number>;
}

const THRESHOLD = 5;
const NO_NUMBERS: ReadonlyMap<StageId, number> = new Map();

/** Begins with a press on its number. */
export function dragStage(
  down: ReactPointerEvent<HTMLElement>,
  { document: store, canvas }: Stores,
  stage: StageId,
): void {
  if (down.button !== 0 || !down.isPrimary) return;
  // The card under it is not to follow.
  down.stopPropagation();
  const start = { x: down.clientX, y: down.clientY };
  const move = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    const before = canvas.getState().stageDrag;
    const pointer = { x: event.clientX, y: event.clientY };
    if (!before && Math.hypot(pointer.x - start.x, pointer.y - start.y) < THRESHOLD) return;
    event.preventDefault();
    const { stageIds, plan } = store.getState();
    const node = placeOf(document.elementFromPoint(pointer.x, pointer.y))?.node ?? null;
    const over = node !== null && node !== stage && stageIds.includes(node) ? node : null;
    if (before && before.over === over)
      return canvas.getState().change({ stageDrag: { ...before, pointer } });
    const from = stageIndex(stageIds, stage);
    const to = over === null ? from : stageIndex(stageIds, over);
    const result = over === null ? null : plan({ type: "moveStage", stage: from, to });
    const numbers = result?.ok ? numbersAfter(stageIds, from, to) : NO_NUMBERS;
    canvas.getState().change({ stageDrag: { stage, pointer, over, plan: result, numbers } });
  };
  const end = (event: Event) => {
    if (event instanceof PointerEvent && event.pointerId !== down.pointerId) return;
    for (const [name, listener] of listeners) window.removeEventListener(name, listener, true);
    const drag = canvas.getState().stageDrag;
    if (!drag) return;
    canvas.getState().change({ stageDrag: null });
    // What the click at its end would select or open was not meant.
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, true));
    if (event.type !== "pointerup" || drag.over === null || !drag.plan) return;
    const { stageIds, apply } = store.getState();
    if (!drag.plan.ok) return refuse(drag.plan.reason);
    const edit = { stage: stageIndex(stageIds, stage), to: stageIndex(stageIds, drag.over) };
    const result = apply({ type: "moveStage", ...edit });
    if (result.ok) sayNotes(result.notes, store.getState());
    else refuse(result.reason);
  };
  const refuse = (reason: string) => canvas.getState().view?.deeds.refuse(reason);
  const onEscape = (event: Event) => {
    if ((event as KeyboardEvent).key === "Escape") end(event);
  };
  const listeners: [string, (event: Event) => void][] = [
    ["pointermove", move as (event: Event) => void],
    ["pointerup", end],
    ["pointercancel", end],
    ["keydown", onEscape],
  ];
  for (const [name, listener] of listeners) window.addEventListener(name, listener, true);
}

const swallow = (event: Event) => event.stopPropagation();

/** Which stages have which other number once one has moved. */
export function numbersAfter(ids: readonly StageId[], from: number, to: number): Map<StageId, number> {
  const order = ids.filter((_, index) => index !== from);
  order.splice(to, 0, ids[from]!);
  return new Map(order.flatMap((id, index) => (ids[index] === id ? [] : [[id, index] as const])));
}
