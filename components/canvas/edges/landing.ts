/** Where on the canvas something that is dragged would be let go. */
import type { DocumentStore } from "@/lib/store/types";
import { placeOf } from "../focus";
import type { Landing, Pull } from "./connection";

/** The part of a RUN's height, at its upper and its lower edge, that is between rows rather than on it. */
const BETWEEN = 0.25;

/**
 * The card at a point of the window, and the place in it that counts for what is pulled: a COPY goes between rows, a
 * mount onto a RUN, a base anywhere on the card.
 */
export function landingAt(state: DocumentStore, pull: Pull, x: number, y: number): Landing | null {
  // Labels of edges and the like may lie over a card.
  const element = document.elementsFromPoint(x, y).find((each) => each.closest(".react-flow__node"));
  const place = placeOf(element ?? null);
  if (!place) return null;
  const { node, instruction } = place;
  if (pull.kind === "from" || pull.kind === "source" || instruction === null) return { node };
  const isRun = state.graph.stages
    .find(({ id }) => id === node)
    ?.rows.some((row) => row.instruction === instruction && row.keyword === "RUN");
  const box = element?.closest("[data-instruction]")?.getBoundingClientRect();
  const part = box ? (y - box.top) / box.height : 0.5;
  if (pull.kind === "target" && kindOf(state, pull.edge) === "mount") {
    return isRun ? { node, run: instruction } : { node };
  }
  const between = part < BETWEEN || part > 1 - BETWEEN;
  if (isRun && pull.kind === "copy" && !between) return { node, run: instruction };
  return { node, at: part < 0.5 ? instruction : instruction + 1 };
}

const kindOf = ({ graph }: DocumentStore, edge: string) => graph.edges.find(({ id }) => id === edge)?.kind;
