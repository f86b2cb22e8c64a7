/** What is done to stages. */
import { sayNotes } from "@/components/canvas/say-notes";
import type { DockerfileEdit } from "@/lib/dockerfile";
import type { StageId, StageNode } from "@/lib/graph/types";
import type { Command, CommandContext } from "./types";

const mayEdit = ({ document }: CommandContext): true | false => document.rights.edit || false;

/** The stage that the focus or the selection is at. */
export function stageHere({ document, here }: CommandContext): StageId | null {
  const { selection, graph } = document;
  const id = here?.node ?? ("stage" in selection ? selection.stage : null);
  return id !== null && graph.stages.some((stage) => stage.id === id) ? id : null;
}

const nodeHere = (context: CommandContext): StageNode | undefined =>
  context.document.graph.stages.find(({ id }) => id === stageHere(context));

const onStage = (context: CommandContext): true | string | false =>
  mayEdit(context) && (stageHere(context) !== null || "Select a stage first.");

/** Names the stage where one is meant. */
const titled =
  (before: string, behind = "") =>
  (context: CommandContext) =>
    `${before} ${nodeHere(context)?.label ?? "stage"}${behind}`;

/** Does it, says what else it changed, and why where it can't be. */
function edit({ document, canvas }: CommandContext, wish: DockerfileEdit): void {
  const result = document.apply(wish);
  if (!result.ok) canvas.view?.deeds.refuse(result.reason);
  else sayNotes(result.notes, document);
}

/** True where the stage has a neighbour in that direction that it could change places with. */
function mayMove(context: CommandContext, by: -1 | 1): true | string | false {
  const stage = nodeHere(context);
  if (!mayEdit(context) || !stage) return onStage(context);
  const to = stage.index + by;
  if (to < 0) return "It is the first stage already.";
  if (to >= context.document.graph.stages.length) return "It is the last stage already.";
  const plan = context.document.plan({ type: "moveStage", stage: stage.index, to });
  return plan.ok || plan.reason;
}

/** By one place in the order of the file. */
function moveStage(context: CommandContext, by: -1 | 1): void {
  const stage = nodeHere(context);
  const to = stage ? stage.index + by : -1;
  if (stage && to >= 0 && to < context.document.graph.stages.length)
    edit(context, { type: "moveStage", stage: stage.index, to });
}

/** A name that no stage has, made of this one's. */
function nameOfCopy({ document }: CommandContext, stage: StageNode): string {
  const taken = new Set(document.graph.stages.map(({ label }) => label));
  for (let n = 2; ; n++) if (!taken.has(`${stage.label}-${n}`)) return `${stage.label}-${n}`;
}

const beside = (id: StageId) => ({ node: id });

export const stageCommands: readonly Command[] = [
  {
    id: "stage.add",
    title: (context) => `Add stage${nodeHere(context) ? ` after ${nodeHere(context)?.label}` : ""}…`,
    group: "Stage",
    keys: ["A"],
    words: "new FROM",
    available: mayEdit,
    perform: ({ canvas }) => canvas.view?.deeds.addStage(),
  },
  {
    id: "stage.rename",
    title: "Rename stage",
    group: "Stage",
    keys: ["F2"],
    words: "AS name",
    available: onStage,
    perform(context) {
      const id = stageHere(context);
      if (id !== null) context.canvas.view?.deeds.rename(id);
    },
  },
  {
    id: "stage.base",
    title: titled("Change the base of", "…"),
    group: "Stage",
    keys: ["B"],
    words: "FROM image stage scratch",
    available: onStage,
    perform(context) {
      const stage = stageHere(context);
      if (stage) context.canvas.change({ choosing: { kind: "base", stage, beside: beside(stage) } });
    },
  },
  {
    id: "stage.platform",
    title: titled("Set the platform of", "…"),
    group: "Stage",
    words: "--platform architecture arm64 amd64 cross",
    available: onStage,
    perform(context) {
      const stage = stageHere(context);
      if (stage) context.canvas.change({ choosing: { kind: "platform", stage, beside: beside(stage) } });
    },
  },
  {
    id: "stage.describe",
    title: titled("Describe", "…"),
    group: "Stage",
    words: "comment description note",
    available: (context) =>
      onStage(context) === true
        ? nodeHere(context)?.name !== null || "Give the stage a name first: a description begins with it."
        : onStage(context),
    perform(context) {
      const stage = stageHere(context);
      if (stage) context.canvas.change({ choosing: { kind: "describe", stage, beside: beside(stage) } });
    },
  },
  {
    id: "stage.duplicate",
    title: titled("Duplicate"),
    group: "Stage",
    keys: ["D"],
    words: "copy stage again",
    available: onStage,
    perform(context) {
      const stage = nodeHere(context);
      if (!stage) return;
      edit(context, { type: "duplicateStage", stage: stage.index, name: nameOfCopy(context, stage) });
    },
  },
  {
    id: "stage.moveUp",
    title: titled("Move", " up in the file"),
    group: "Stage",
    words: "reorder earlier before",
    available: (context) => mayMove(context, -1),
    perform: (context) => moveStage(context, -1),
  },
  {
    id: "stage.moveDown",
    title: titled("Move", " down in the file"),
    group: "Stage",
    words: "reorder later after",
    available: (context) => mayMove(context, 1),
    perform: (context) => moveStage(context, 1),
  },
  {
    id: "stage.inline",
    title: titled("Inline", " into the stages built on it"),
    group: "Stage",
    words: "merge dissolve",
    available(context) {
      const stage = nodeHere(context);
      if (!stage || !mayEdit(context)) return onStage(context);
      const plan = context.document.plan({ type: "inlineStage", stage: stage.index });
      return plan.ok || plan.reason;
    },
    perform(context) {
      const stage = nodeHere(context);
      if (stage) edit(context, { type: "inlineStage", stage: stage.index });
    },
  },
  {
    id: "stage.fold",
    title: (context) => {
      const stage = nodeHere(context);
      const folded = stage && context.document.collapsed[stage.id];
      return `${folded ? "Show" : "Hide"} the instructions of ${stage?.label ?? "the stage"}`;
    },
    group: "Stage",
    words: "collapse expand fold",
    available: onStage,
    perform({ document, ...context }) {
      const id = stageHere({ document, ...context });
      if (id) document.setCollapsed(id, !document.collapsed[id]);
    },
  },
  {
    id: "stage.collapseAll",
    title: "Hide the instructions of all stages",
    group: "Stage",
    words: "collapse all fold",
    available: ({ document }) =>
      document.rights.edit && (document.graph.stages.length > 0 || "There is no stage yet."),
    perform: ({ document }) => document.setAllCollapsed(true),
  },
  {
    id: "stage.expandAll",
    title: "Show the instructions of all stages",
    group: "Stage",
    words: "expand all unfold",
    available: ({ document }) =>
      document.rights.edit && (Object.keys(document.collapsed).length > 0 || "All are shown already."),
    perform: ({ document }) => document.setAllCollapsed(false),
  },
  {
    id: "selection.remove",
    title: ({ document: { selection, graph } }) => {
      const stage =
        selection.kind === "stage" && graph.stages.find(({ id }) => id === selection.stage)?.label;
      return stage ? `Remove ${stage}` : "Remove what is selected";
    },
    group: "Stage",
    keys: ["Delete", "Backspace"],
    words: "delete stage instruction edge",
    available: (context) =>
      mayEdit(context) &&
      (context.document.selection.kind !== "none" || "Select a stage, an instruction or an edge first."),
    perform: ({ canvas }) => canvas.view?.deeds.removeSelected(),
  },
];
