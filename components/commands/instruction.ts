/** What is done to instructions: the row that has the focus, or the rows that are selected. */
import { stageIndex } from "@/components/canvas/build-view";
import type { Rows } from "@/components/canvas/rows/row-edits";
import { indexed, rowsAt, runRowEdits } from "@/components/canvas/rows/run-row-edits";
import { commentedInstructions, type DockerfileEdit, type EditResult } from "@/lib/dockerfile";
import { type RowRange, rowsSelection } from "@/lib/store/selection-slice";
import type { DocumentStore } from "@/lib/store/types";
import { stageCommands, stageHere } from "./stage";
import type { Command, CommandContext } from "./types";

const rowsHere = ({ document, here }: CommandContext): RowRange | null => rowsAt(document, here);

const onRows = (context: CommandContext): true | string | false =>
  context.document.rights.edit && (rowsHere(context) !== null || "Select an instruction first.");

function say(context: CommandContext, result: EditResult | null): void {
  if (result?.ok === false) context.canvas.view?.deeds.refuse(result.reason);
}

/** Does it to the rows that are meant; nothing where none are. */
function editRows(
  context: CommandContext,
  deed: (state: () => DocumentStore, rows: Rows) => EditResult | null,
): boolean {
  const { document } = context;
  const rows = rowsHere(context);
  if (rows)
    say(
      context,
      deed(() => document, indexed(document, rows)),
    );
  return rows !== null;
}

const many = (context: CommandContext, one: string, several: string): string => {
  const rows = rowsHere(context);
  return rows && rows.to - rows.from > 1 ? `${several} ${rows.to - rows.from} instructions` : one;
};

/** The row that leads the selection, to extend it from. */
function lead({ document, here }: CommandContext): { stage: string; anchor: number; row: number } | null {
  const { selection } = document;
  if (selection.kind === "instruction" && (here === null || here.node === selection.stage)) {
    const { stage, instruction, anchor = instruction } = selection;
    return { stage, anchor, row: instruction };
  }
  const row = here?.instruction;
  return here && row ? { stage: here.node, anchor: row, row } : null;
}

function extend(context: CommandContext, by: -1 | 1): void {
  const from = lead(context);
  const rows = from && context.document.graph.stages.find(({ id }) => id === from.stage)?.rows;
  const next = from && rows?.find(({ instruction }) => instruction === from.row + by)?.instruction;
  if (!from || next === undefined || next === null) return;
  context.canvas.view?.goTo({ node: from.stage, instruction: next });
  context.document.select(rowsSelection(from.stage, from.anchor, next), "canvas");
}

/** Rows where any are meant, else the stage. */
function step(context: CommandContext, by: -1 | 1): void {
  if (!editRows(context, (state, rows) => runRowEdits.step(state, rows, by)))
    void stageStep(by).perform(context);
}

function stageStep(by: -1 | 1): Command {
  return stageCommands.find(({ id }) => id === (by < 0 ? "stage.moveUp" : "stage.moveDown"))!;
}

const mayStep = (context: CommandContext, by: -1 | 1): true | string | false =>
  context.document.rights.edit &&
  (rowsHere(context) !== null || (stageStep(by).available?.(context) ?? true));

/** The commented-out instruction nearest to the row that has the focus, in its stage. */
function commentedHere(context: CommandContext): Extract<DockerfileEdit, { type: "uncomment" }> | null {
  const { tree, stageIds } = context.document;
  const id = stageHere(context);
  const stage = id === null ? -1 : stageIndex(stageIds, id);
  const row = rowsHere(context)?.from ?? 0;
  const [nearest] = commentedInstructions(tree, stage).toSorted(
    (a, b) => Math.abs(a.at - row - 0.5) - Math.abs(b.at - row - 0.5),
  );
  return nearest ? { type: "uncomment", stage, line: nearest.startLine } : null;
}

export const instructionCommands: readonly Command[] = [
  {
    id: "instruction.add",
    title: (context) => (rowsHere(context) ? "Add instruction below…" : "Add instruction…"),
    group: "Instruction",
    keys: ["I"],
    words: "new insert RUN COPY ENV WORKDIR",
    available: (context) =>
      context.document.rights.edit && (stageHere(context) !== null || "Select a stage first."),
    perform(context) {
      const stage = stageHere(context);
      const node = context.document.graph.stages.find(({ id }) => id === stage);
      if (!node) return;
      const at = rowsHere(context)?.to ?? node.rows.length + 1;
      context.canvas.change({ writing: { kind: "insert", stage: node.id, at } });
    },
  },
  {
    id: "instruction.edit",
    title: "Edit instruction…",
    group: "Instruction",
    keys: ["Enter", "Shift+Enter"],
    words: "change text form",
    available: onRows,
    perform(context) {
      const rows = rowsHere(context);
      if (rows) context.canvas.change({ writing: { kind: "edit", stage: rows.stage, at: rows.from } });
    },
  },
  {
    id: "instruction.duplicate",
    title: (context) => many(context, "Duplicate instruction", "Duplicate"),
    group: "Instruction",
    keys: ["Shift+Alt+ArrowDown"],
    words: "copy row again",
    available: onRows,
    perform: (context) => void editRows(context, runRowEdits.duplicate),
  },
  {
    id: "selection.moveUp",
    title: "Move up",
    group: "Instruction",
    keys: ["Alt+ArrowUp"],
    words: "reorder instruction stage earlier",
    available: (context) => mayStep(context, -1),
    perform: (context) => step(context, -1),
  },
  {
    id: "selection.moveDown",
    title: "Move down",
    group: "Instruction",
    keys: ["Alt+ArrowDown"],
    words: "reorder instruction stage later",
    available: (context) => mayStep(context, 1),
    perform: (context) => step(context, 1),
  },
  {
    id: "selection.extendUp",
    title: "Select the instruction above too",
    group: "Instruction",
    keys: ["Shift+ArrowUp"],
    available: (context) => lead(context) !== null,
    perform: (context) => extend(context, -1),
  },
  {
    id: "selection.extendDown",
    title: "Select the instruction below too",
    group: "Instruction",
    keys: ["Shift+ArrowDown"],
    available: (context) => lead(context) !== null,
    perform: (context) => extend(context, 1),
  },
  {
    id: "instruction.commentOut",
    title: (context) => many(context, "Comment out", "Comment out"),
    group: "Instruction",
    keys: ["Mod+/"],
    words: "disable #",
    available: onRows,
    perform: (context) => void editRows(context, runRowEdits.commentOut),
  },
  {
    id: "instruction.uncomment",
    title: "Bring back what is commented out",
    group: "Instruction",
    words: "uncomment enable #",
    available: (context) =>
      context.document.rights.edit &&
      (commentedHere(context) !== null || "This stage has no instruction that is commented out."),
    perform(context) {
      const edit = commentedHere(context);
      if (edit) say(context, context.document.apply(edit));
    },
  },
  {
    id: "instruction.split",
    title: (context) => many(context, "Split here: make a stage of it…", "Split here: make a stage of"),
    group: "Instruction",
    keys: ["S"],
    words: "extract new stage multi-stage copy",
    available: onRows,
    perform(context) {
      const rows = rowsHere(context);
      if (rows) context.canvas.change({ extraction: rows });
    },
  },
];
