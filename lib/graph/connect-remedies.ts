/** What can be done first so that a refused connection becomes possible, together with the connection itself. */
import { type Dockerfile, type DockerfileEdit, type EditResult, planEdits, reparse } from "../dockerfile";
import type { Connection, ConnectionSource, Remedy } from "./connect";
import { editsFor } from "./connect-edits";
import { wayTo } from "./connect-refusals";
import { describeEdit, endsOf, labelAt, listWords } from "./connect-words";

type Plan = (edits: readonly DockerfileEdit[]) => EditResult;

export function remedyFor(tree: Dockerfile, connection: Connection, plan: Plan): Remedy | null {
  return moveUp(tree, connection, plan) ?? rename(tree, connection, plan);
}

/** Moves the source, and what it needs itself, above the stage that is to use it. */
function moveUp(tree: Dockerfile, connection: Connection, plan: Plan): Remedy | null {
  const { from, to } = endsOf(tree, connection);
  if (from?.kind !== "stage" || from.index <= to) return null;
  const moving = tree.stages
    .map(({ index }) => index)
    .filter((index) => index > to && wayTo(tree, from.index, index) !== null);
  // From above to below: what is moved first does not change where the others are.
  const moves = moving.map((stage, nth): DockerfileEdit => ({ type: "moveStage", stage, to: to + nth }));
  const order = tree.stages.map(({ index }) => index).filter((index) => !moving.includes(index));
  order.splice(order.indexOf(to), 0, ...moving);
  const words = moving.length > 3 ? [`${moving.length} stages`] : moving.map((index) => labelAt(tree, index));
  const label = `Move ${listWords(words)} above ${labelAt(tree, to)}`;
  return complete(
    tree,
    label,
    moves,
    moved(connection, (index) => order.indexOf(index)),
    plan,
  );
}

/** A name that means two things: the stage that stands in the way gets another. */
function rename(tree: Dockerfile, connection: Connection, plan: Plan): Remedy | null {
  const { from, to } = endsOf(tree, connection);
  if (from === null) return null;
  const name = from.kind === "stage" ? tree.stages[from.index]?.name : from.ref;
  const inTheWay =
    from.kind === "stage"
      ? tree.stages[from.index]
      : tree.stages.findLast((stage) => stage.name === name && (stage.index < to || !isBase(connection)));
  if (!name || !inTheWay || inTheWay.name !== name) return null;
  for (let suffix = 2; suffix < 10; suffix++) {
    const edit: DockerfileEdit = { type: "renameStage", stage: inTheWay.index, name: `${name}-${suffix}` };
    if (!planEdits(tree, [edit]).ok) continue;
    return complete(tree, describeEdit(tree, edit), [edit], connection, plan);
  }
  return null;
}

const isBase = (connection: Connection) =>
  connection.kind === "from" || (connection.kind === "source" && connection.edge.instruction === 0);

/** The remedy with the connection behind it; null where that is refused even then. */
function complete(
  tree: Dockerfile,
  label: string,
  before: readonly DockerfileEdit[],
  /** as it is once that is done */
  connection: Connection,
  plan: Plan,
): Remedy | null {
  const first = planEdits(tree, before);
  if (!first.ok) return null;
  const edits = [...before, ...editsFor(reparse(tree, first.edits), connection)];
  const result = plan(edits);
  return result.ok ? { label, edits, notes: result.notes } : null;
}

/** The same connection, where its stages have gone. */
function moved(connection: Connection, place: (index: number) => number): Connection {
  const source = (from: ConnectionSource): ConnectionSource =>
    from.kind === "stage" ? { kind: "stage", index: place(from.index) } : from;
  return {
    ...connection,
    ...("from" in connection && { from: source(connection.from) }),
    ...("to" in connection && { to: place(connection.to) }),
    ...("edge" in connection && {
      edge: { ...connection.edge, stage: place(connection.edge.stage) },
    }),
  } as Connection;
}
