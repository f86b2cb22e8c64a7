/** Stages, sources and edits in the words of a button or a sentence. */
import type { Dockerfile, DockerfileEdit, StageReference } from "../dockerfile";
import type { Connection, ConnectionSource, ReferencePlace } from "./connect";
import { stageLabel } from "./graph";

export function labelAt(tree: Dockerfile, index: number): string {
  const stage = tree.stages[index];
  return stage ? stageLabel(stage) : `stage-${index}`;
}

export function sourceLabel(tree: Dockerfile, source: ConnectionSource): string {
  return source.kind === "image" ? source.ref : labelAt(tree, source.index);
}

/** The reference that a place means; undefined where there is none. */
export function referenceAt(tree: Dockerfile, place: ReferencePlace): StageReference | undefined {
  const stage = tree.stages[place.stage];
  const instruction = stage?.instructions[place.instruction];
  if (!stage || !instruction) return undefined;
  return [stage.base, ...stage.copies, ...stage.mounts].filter((each) => each.instruction === instruction)[
    place.reference
  ];
}

/** What a reference comes from, as the source of a new one; null where it resolves to nothing. */
export function sourceOfReference({ target, raw }: StageReference): ConnectionSource | null {
  if (target.kind === "stage") return { kind: "stage", index: target.index };
  if (target.kind === "scratch") return { kind: "image", ref: "scratch" };
  return target.kind === "image" ? { kind: "image", ref: raw } : null;
}

/** Both ends of a connection: what is needed, and the index of the stage that would need it. */
export function endsOf(
  tree: Dockerfile,
  connection: Connection,
): { from: ConnectionSource | null; to: number } {
  if ("from" in connection) {
    return {
      from: connection.from,
      to: connection.kind === "source" ? connection.edge.stage : connection.to,
    };
  }
  const reference = referenceAt(tree, connection.edge);
  return { from: reference ? sourceOfReference(reference) : null, to: connection.to };
}

/** What an edit does, as a button says it. */
export function describeEdit(tree: Dockerfile, edit: DockerfileEdit): string {
  switch (edit.type) {
    case "moveStage": {
      const { stage, to } = edit;
      return `Move ${labelAt(tree, stage)} ${to < stage ? "above" : "below"} ${labelAt(tree, to)}`;
    }
    case "renameStage":
      return `Rename stage ${edit.stage} to ${edit.name}`;
    case "removeStage":
      return `Remove ${labelAt(tree, edit.stage)}`;
    case "removeInstruction":
      return "Remove the instruction";
    case "duplicateStage":
      return `Duplicate ${labelAt(tree, edit.stage)} as ${edit.name}`;
    case "setBase":
      return `Build ${labelAt(tree, edit.stage)} on ${sourceLabel(tree, edit.base)}`;
    default:
      return "Do that instead";
  }
}

/** "a", "a and b", "a, b and c". */
export function listWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
