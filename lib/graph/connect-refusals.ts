/** What is wrong with a connection itself, before any text is looked at. */
import type { Dockerfile, StageEdge } from "../dockerfile";
import type { Connection, ConnectionSource } from "./connect";
import { endsOf, labelAt, listWords, referenceAt, sourceLabel, sourceOfReference } from "./connect-words";

/** The reason; nothing could be done first that would help. Null where the text has to be asked. */
export function refusalOf(tree: Dockerfile, connection: Connection): string | null {
  const { from, to } = endsOf(tree, connection);
  if (from === null) return "What it comes from can't be told from the text.";
  const base =
    connection.kind === "from" || (connection.kind === "source" && connection.edge.instruction === 0);
  if (from.kind === "stage" && from.index === to) return selfReason(tree, connection, to, base);
  if (from.kind === "image" && from.ref === "scratch" && !base) {
    return "scratch is empty: there is nothing to take from it.";
  }
  if (isSame(tree, connection, from)) {
    const word = base ? "is built on" : "takes this from";
    return `${labelAt(tree, to)} ${word} ${sourceLabel(tree, from)} already.`;
  }
  const way = from.kind === "stage" ? wayTo(tree, from.index, to) : null;
  return way && circleReason(tree, way);
}

function selfReason(tree: Dockerfile, { kind }: Connection, to: number, base: boolean): string {
  const label = labelAt(tree, to);
  if (base) return `${label} can't be its own base.`;
  return kind === "copy"
    ? `${label} has these files already: a stage copies from other stages.`
    : `${label} has these files already: a stage takes files from other stages only.`;
}

/** It would say what the text says now. */
function isSame(tree: Dockerfile, connection: Connection, from: ConnectionSource): boolean {
  if (connection.kind !== "from" && connection.kind !== "source") return false;
  const reference =
    connection.kind === "from" ? tree.stages[connection.to]?.base : referenceAt(tree, connection.edge);
  const now = reference && sourceOfReference(reference);
  if (!now || now.kind !== from.kind) return false;
  return now.kind === "stage"
    ? now.index === (from as { index: number }).index
    : now.ref === (from as { ref: string }).ref;
}

/** The shortest way by which a stage needs another, first step first; null where it does not. */
export function wayTo(tree: Dockerfile, user: number, needed: number): StageEdge[] | null {
  const ways = new Map<number, StageEdge[]>([[user, []]]);
  for (const [index, way] of ways) {
    if (index === needed) return way;
    for (const edge of tree.edges) {
      if (edge.to === index && !ways.has(edge.from)) ways.set(edge.from, [...way, edge]);
    }
  }
  return null;
}

function circleReason(tree: Dockerfile, way: readonly StageEdge[]): string {
  const user = labelAt(tree, way[0]!.to);
  const needed = labelAt(tree, way.at(-1)!.from);
  const between = way.slice(0, -1).map(({ from }) => labelAt(tree, from));
  const lines = way.map(({ reference }) => String(reference.instruction.startLine));
  const through = between.length > 0 ? `, through ${listWords(between)}` : "";
  const where = `${lines.length > 1 ? "lines" : "line"} ${listWords(lines)}`;
  return `${user} needs ${needed} already${through} (${where}): together they would go in a circle.`;
}
