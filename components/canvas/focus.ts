/** Keyboard focus within the canvas, by what is drawn: cards and rows of the graph, or items of the list. */
import type { Place } from "./steps";

const canvasElement = () => document.querySelector<HTMLElement>("[data-canvas]");

/** The card, or the item where the graph is shown as a list. */
export function nodeElement(id: string): HTMLElement | null {
  const canvas = canvasElement();
  const list = canvas?.querySelector("[data-list]");
  const name = CSS.escape(id);
  return list
    ? list.querySelector<HTMLElement>(`[data-node="${name}"]:not([data-instruction])`)
    : (canvas?.querySelector<HTMLElement>(`.react-flow__node[data-id="${name}"]`) ?? null);
}

export function rowElement(id: string, instruction: number): HTMLElement | null {
  const list = canvasElement()?.querySelector("[data-list]");
  const row = `[data-instruction="${instruction}"]`;
  return list
    ? list.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]${row}`)
    : (nodeElement(id)?.querySelector<HTMLElement>(row) ?? null);
}

/** What stands for a place; the card where its row is not drawn. */
export function placeElement({ node, instruction }: Place): HTMLElement | null {
  return (instruction === null ? null : rowElement(node, instruction)) ?? nodeElement(node);
}

export function focusNode(id: string): void {
  nodeElement(id)?.focus({ preventScroll: true });
}

export function focusRow(id: string, instruction: number): void {
  rowElement(id, instruction)?.focus({ preventScroll: true });
}

/** Gives the focus to the canvas, at the card that Tab would come to. */
export function focusCanvas(): void {
  const canvas = canvasElement();
  const entrance = canvas?.querySelector<HTMLElement>(
    '[data-list] [data-node][tabindex="0"], .react-flow__node[tabindex="0"]',
  );
  (entrance ?? canvas)?.focus({ preventScroll: true });
}

/** The node, and the row in it, that an event or the focus is at. */
export function placeOf(element: Element | null): Place | null {
  const item = element?.closest<HTMLElement>("[data-node]");
  const node = item?.dataset.node ?? element?.closest<HTMLElement>(".react-flow__node")?.dataset.id;
  if (node === undefined) return null;
  const row = element?.closest<HTMLElement>("[data-instruction]")?.dataset.instruction;
  return { node, instruction: row === undefined ? null : Number(row) };
}
