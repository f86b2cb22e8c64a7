/** The differences between two versions one by one, in words: what a page lists, and a screen reader reads. */
import type { GraphEdge, InstructionRow, StageId, StageNode } from "../types";
import type { ComparedEdge, ComparedRow, ComparedStage, Comparison, HeadPart, Mark } from "./types";

/** The node that all lines ahead of the first FROM share. */
export const TOP_NODE = "top";

export interface Lines {
  from: number;
  to: number;
}

export interface Change {
  /** Unlike that of any other of the same comparison. */
  id: string;
  mark: Exclude<Mark, "same">;
  /** Where it is drawn: a stage, an image, or {@link TOP_NODE}. */
  node: string;
  /** Which of the node's rows, or lines; null for the node itself. */
  row: number | null;
  /** As "Stage builder" or "RUN in builder". */
  what: string;
  /** What it said and says; null where there is nothing to be said. */
  was: string | null;
  is: string | null;
  /** 1-based lines of either text, where it has any. */
  before: Lines | null;
  after: Lines | null;
}

/** In the order of the later version: lines ahead of the first FROM, stages with their rows, images. */
export function changesOf(comparison: Comparison): Change[] {
  const labels = new Map(comparison.stages.map((stage) => [stage.id, labelOf(stage)]));
  const silent = silentEdges(comparison);
  return [
    ...topChanges(comparison),
    ...comparison.stages.flatMap((stage) => stageChanges(stage, labels, silent)),
    ...comparison.images.flatMap(({ id, ref, mark }): Change[] =>
      mark === "same" || ref === "scratch"
        ? []
        : [
            {
              id,
              mark,
              node: id,
              row: null,
              what: `Image ${ref}`,
              was: null,
              is: null,
              before: null,
              after: null,
            },
          ],
    ),
  ];
}

/** What a stage is called now, or was before it went. */
export const labelOf = ({ before, after }: Pick<ComparedStage, "before" | "after">): string =>
  (after ?? before)!.label;

function topChanges({ top }: Comparison): Change[] {
  return top.flatMap(({ mark, before, after }, row): Change[] => {
    if (mark === "same") return [];
    const { keyword } = (after ?? before)!;
    const what = keyword === "ARG" ? "Global ARG" : `Directive ${keyword}`;
    const sides = { was: before?.text ?? null, is: after?.text ?? null };
    return [
      {
        id: `${TOP_NODE}/${row}`,
        mark,
        node: TOP_NODE,
        row,
        what,
        ...sides,
        before: linesOf(before),
        after: linesOf(after),
      },
    ];
  });
}

function stageChanges(
  stage: ComparedStage,
  labels: ReadonlyMap<StageId, string>,
  silent: readonly Silent[],
): Change[] {
  const { id, mark, before, after } = stage;
  const label = labelOf(stage);
  const lines = { before: firstLine(before), after: firstLine(after) };
  const whole: Change[] =
    before && after
      ? stage.head.map((part) => headChange(part, stage, lines))
      : [
          {
            id,
            mark: mark as "added" | "removed",
            node: id,
            row: null,
            what: `Stage ${label}`,
            was: baseOf(before),
            is: baseOf(after),
            ...lines,
          },
        ];
  // What comes and goes with its stage is said with it.
  const rows = stage.rows.flatMap((row, at): Change[] => {
    const withStage = (before === null || after === null) && row.mark !== "moved";
    return row.mark === "same" || withStage || isDeparture(row) ? [] : [rowChange(row, at, stage, labels)];
  });
  return [...whole, ...rows, ...sourceChanges(stage, silent, labels)];
}

const baseOf = (node: ComparedStage["before"]) => (node ? `FROM ${node.baseText}` : null);

/** The row it arrives at says that it moved. */
const isDeparture = ({ mark, after, elsewhere }: ComparedRow) =>
  mark === "moved" && after === null && elsewhere !== null;

const HEAD_WORDS: Readonly<Record<HeadPart, string>> = {
  name: "Name",
  base: "Base",
  platform: "Platform",
  comment: "Description",
  final: "Place",
  order: "Place",
};

function headChange(
  part: HeadPart,
  { id, before, after }: ComparedStage,
  lines: Pick<Change, "before" | "after">,
): Change {
  const say = (node: NonNullable<ComparedStage["before"]>): string | null => {
    if (part === "name") return node.label;
    if (part === "base") return `FROM ${node.baseText}`;
    if (part === "platform") return node.platform;
    if (part === "comment") return node.comment;
    return part === "final" ? (node.final ? "the last stage" : "not the last stage") : `stage ${node.index}`;
  };
  const mark = part === "order" ? "moved" : "changed";
  const what = `${HEAD_WORDS[part]} of ${after!.label}`;
  return {
    id: `${id}:${part}`,
    mark,
    node: id,
    row: null,
    what,
    was: say(before!),
    is: say(after!),
    ...lines,
  };
}

function rowChange(
  { mark, before, after, elsewhere }: ComparedRow,
  at: number,
  stage: ComparedStage,
  labels: ReadonlyMap<StageId, string>,
): Change {
  const { keyword } = (after ?? before)!;
  const node = stage.id;
  const from = elsewhere === null ? "" : `, from ${labels.get(elsewhere)}`;
  return {
    id: `${node}/${at}`,
    mark: mark as Change["mark"],
    node,
    row: at,
    what: `${keyword} in ${labelOf(stage)}${from}`,
    // What only moved says one thing.
    was: mark === "moved" ? null : textOf(before),
    is: textOf(after),
    before: linesInText(stage.before, before),
    after: linesInText(stage.after, after),
  };
}

const textOf = (row: InstructionRow | null) => (row ? `${row.keyword} ${row.text}` : null);
const linesOf = (at: { startLine: number; endLine: number } | null): Lines | null =>
  at && { from: at.startLine, to: at.endLine };
const linesInText = (stage: StageNode | null, row: InstructionRow | null): Lines | null =>
  stage && row && { from: stage.startLine + row.startInStage, to: stage.startLine + row.endInStage };
const firstLine = (at: { startLine: number } | null): Lines | null =>
  at && { from: at.startLine, to: at.startLine };

interface Silent {
  edge: ComparedEdge;
  /** Node that it came from before; null where it came from nowhere. */
  was: string | null;
}

/** Edges whose words are the same and which yet lead elsewhere: a number, or a variable, means another thing now. */
function silentEdges({ stages, edges }: Comparison): Silent[] {
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  const sameWords = ({ target, row }: ComparedEdge) => {
    const stage = byId.get(target);
    if (!stage?.before || !stage.after) return false;
    return row === null ? !stage.head.includes("base") : stage.rows[row]?.mark === "same";
  };
  const placeOf = ({ kind, target, row }: ComparedEdge) => `${kind} ${target} ${row}`;
  const gone = new Map(
    edges.flatMap((edge) => (edge.mark === "removed" ? [[placeOf(edge), edge.source]] : [])),
  );
  return edges
    .filter((edge) => edge.mark === "added" && sameWords(edge))
    .map((edge) => ({ edge, was: gone.get(placeOf(edge)) ?? null }));
}

function sourceChanges(
  stage: ComparedStage,
  silent: readonly Silent[],
  labels: ReadonlyMap<StageId, string>,
): Change[] {
  const called = (source: string) => labels.get(source) ?? source.replace(/^image:/, "");
  const { id } = stage;
  return silent
    .filter(({ edge }) => edge.target === id)
    .map(({ edge, was }): Change => {
      const { kind, source, row, before, after } = edge;
      const what = `${WORDS[kind]} in ${labelOf(stage)}, by the same words`;
      const sides = { was: was === null ? null : `from ${called(was)}`, is: `from ${called(source)}` };
      const at = stage.after!.startLine + after!.lineInStage;
      const line = { from: at, to: at };
      return {
        id: edge.id,
        mark: "changed",
        node: id,
        row,
        what,
        ...sides,
        before: before && line,
        after: line,
      };
    });
}

const WORDS: Readonly<Record<GraphEdge["kind"], string>> = { from: "FROM", copy: "COPY", mount: "RUN" };
