/** From the syntax tree to the picture. Parts that did not change keep their object identity, so that drawing is cheap. */
import type { Dockerfile, Instruction, Stage, StageReference } from "../dockerfile";
import { linesMoved } from "../dockerfile/stages";
import { type ProblemsOfStage, problemsByStage } from "./problems";
import type { GraphEdge, ImageNode, InstructionRow, StageGraph, StageId, StageNode } from "./types";

export const EMPTY_GRAPH: StageGraph = { stages: [], images: [], edges: [], stale: false };

/** What BuildKit calls a stage: its name, or stage-N. */
export function stageLabel(stage: { name: string | null; index: number }): string {
  return stage.name ?? `stage-${stage.index}`;
}

/** What of a graph is one stage's, and what it was drawn from. */
interface Part {
  stage: Stage;
  card: StageNode;
  edges: readonly GraphEdge[];
  /** images it is built on or takes files from, in order */
  images: readonly { ref: string; use: StageReference["kind"] }[];
}

/** A graph remembers its parts, so that the next one draws only stages that changed. */
const partsOf = new WeakMap<StageGraph, readonly Part[]>();

/**
 * The graph of a tree whose stages have these ids (by index). Where the text is so broken that a stage of `previous`
 * is lost in it, the previous picture is returned, marked stale. Of a tree that was reparsed from the one that
 * `previous` shows, only the stages that an edit touched are drawn anew.
 */
export function buildGraph(tree: Dockerfile, ids: readonly StageId[], previous: StageGraph): StageGraph {
  // A text without a word is no slip of the hand: whoever emptied it sees an empty canvas and what to begin with.
  const broken = (!tree.accepted || tree.graphError !== null) && tree.source.trim() !== "";
  if (broken && losesStage(previous, ids)) return previous.stale ? previous : { ...previous, stale: true };
  const problems = problemsByStage(tree);
  const known = partsOf.get(previous);
  // Edges name stages by their ids, so where these are others nothing is taken over unseen.
  const moved =
    known?.length === ids.length && known.every(({ card }, at) => card.id === ids[at]) ? known : null;
  const before = moved === null ? byStage(previous) : null;
  const parts = tree.stages.map((stage, index) => {
    const found = problems.get(index);
    const old = moved?.[index];
    const lines = old === undefined || found || old.card.doubtful ? null : linesMoved(old.stage, stage);
    if (old !== undefined && lines !== null) return movePart(old, stage, lines);
    const shown = old ?? before?.get(ids[index]!);
    return drawPart(stage, ids, tree, found, shown?.card, shown?.edges ?? []);
  });
  const sameImages = moved?.every(({ images }, at) => sameData(images, parts[at]!.images)) === true;
  const graph = {
    stages: keepList(
      parts.map(({ card }) => card),
      previous.stages,
    ),
    images: sameImages ? previous.images : keepSame(imagesOf(parts), previous.images),
    edges: keepList(
      parts.flatMap(({ edges }) => edges),
      previous.edges,
    ),
    stale: false,
  };
  partsOf.set(graph, parts);
  return graph;
}

function losesStage({ stages }: StageGraph, ids: readonly StageId[]): boolean {
  const present = new Set(ids);
  return stages.some(({ id }) => !present.has(id));
}

function byStage({ stages, edges }: StageGraph): Map<StageId, { card: StageNode; edges: GraphEdge[] }> {
  const found = new Map(stages.map((card) => [card.id, { card, edges: [] as GraphEdge[] }]));
  for (const edge of edges) found.get(edge.target)?.edges.push(edge);
  return found;
}

/** What there was of a stage that at most stands on other lines now. */
function movePart(old: Part, stage: Stage, lines: number): Part {
  if (lines === 0) return old.stage === stage ? old : { ...old, stage };
  const { card, edges, images } = old;
  return {
    stage,
    card: {
      ...card,
      startLine: card.startLine + lines,
      endLine: card.endLine + lines,
      rows: card.rows.map((row) => moveRow(row, lines)),
    },
    edges: edges.map((edge) => moveEdge(edge, lines)),
    images,
  };
}

// Written out, as copying by `...` costs several times as much, and a new line moves everything behind it.
function moveRow(row: InstructionRow, lines: number): InstructionRow {
  const { instruction, keyword, text, startLine, endLine, problem } = row;
  return { instruction, keyword, text, startLine: startLine + lines, endLine: endLine + lines, problem };
}

function moveEdge(edge: GraphEdge, lines: number): GraphEdge {
  const { id, kind, source, target, instruction, reference, sources, destination, line } = edge;
  return { id, kind, source, target, instruction, reference, sources, destination, line: line + lines };
}

/** What is to be seen of a stage; what says the same as before is the same object. */
function drawPart(
  stage: Stage,
  ids: readonly StageId[],
  tree: Dockerfile,
  problems: ProblemsOfStage | undefined,
  before: StageNode | undefined,
  edgesBefore: readonly GraphEdge[],
): Part {
  const [first] = stage.instructions;
  const last = stage.instructions.at(-1);
  const rows = rowsOf(stage, problems, before?.rows ?? []);
  const card: StageNode = {
    kind: "stage",
    id: ids[stage.index]!,
    index: stage.index,
    name: stage.name,
    label: stageLabel(stage),
    baseText: stage.baseText,
    platform: stage.platform,
    comment: stage.comment,
    startLine: first?.startLine ?? tree.lines.lineAt(stage.range.start),
    endLine: last?.endLine ?? tree.lines.lineAt(stage.range.end),
    final: stage.index === tree.stages.length - 1,
    doubtful: problems !== undefined,
    rows,
  };
  const same = before !== undefined && before.rows === rows && sameData(before, card);
  const { edges, images } = connections(stage, ids);
  return { stage, card: same ? before : card, edges: keepSame(edges, edgesBefore), images };
}

/** A row an instruction but for FROM. Rows that say what they said are the same objects, the list itself if all are. */
function rowsOf(
  stage: Stage,
  problems: ProblemsOfStage | undefined,
  before: InstructionRow[],
): InstructionRow[] {
  const rows: InstructionRow[] = [];
  for (let index = 1; index < stage.instructions.length; index++) {
    const { keyword, text, startLine, endLine } = stage.instructions[index] as Instruction;
    const problem = problems?.get(index) ?? null;
    const old = before[index - 1];
    const same =
      old !== undefined &&
      old.text === text &&
      old.startLine === startLine &&
      old.endLine === endLine &&
      old.keyword === keyword &&
      old.problem === problem;
    rows.push(same ? old : { instruction: index, keyword, text, startLine, endLine, problem });
  }
  return keepList(rows, before);
}

/** Edges that end at a stage, and images they begin at. */
function connections(stage: Stage, ids: readonly StageId[]): Pick<Part, "images"> & { edges: GraphEdge[] } {
  const edges: GraphEdge[] = [];
  const images: Part["images"][number][] = [];
  const seen = new Map<string, number>();
  const target = ids[stage.index]!;

  const connect = (reference: StageReference, nth: number) => {
    const { kind, instruction } = reference;
    const source = sourceOf(reference, ids);
    if (source === null) return;
    if (source.image !== null) images.push({ ref: source.image, use: kind });
    const key = `${kind}:${source.id}>${target}`;
    const equals = seen.get(key) ?? 0;
    seen.set(key, equals + 1);
    edges.push({
      id: `${key}:${equals}`,
      kind,
      source: source.id,
      target,
      instruction: instruction.indexInStage,
      reference: nth,
      sources: reference.sources ?? [],
      destination: reference.destination ?? null,
      line: instruction.startLine,
    });
  };

  connect(stage.base, 0);
  for (const copy of stage.copies) connect(copy, 0);
  const nth = new Map<Instruction, number>();
  for (const mount of stage.mounts) {
    const n = nth.get(mount.instruction) ?? 0;
    nth.set(mount.instruction, n + 1);
    connect(mount, n);
  }
  return { edges, images };
}

/** The node a reference comes from; null where it resolves to nothing. */
function sourceOf(
  { target }: StageReference,
  ids: readonly StageId[],
): { id: string; image: string | null } | null {
  if (target.kind === "stage") {
    const id = ids[target.index];
    return id === undefined ? null : { id, image: null };
  }
  if (target.kind === "invalid") return null;
  const ref = target.kind === "scratch" ? "scratch" : target.ref;
  return ref === "" ? null : { id: `image:${ref}`, image: ref };
}

function imagesOf(parts: readonly Part[]): ImageNode[] {
  const images = new Map<string, ImageNode>();
  for (const part of parts) {
    for (const { ref, use } of part.images) {
      const known = images.get(ref);
      if (!known) images.set(ref, { kind: "image", id: `image:${ref}`, ref, uses: [use] });
      else if (!known.uses.includes(use)) known.uses.push(use);
    }
  }
  return [...images.values()];
}

/** `next` with every part that equals its predecessor (by id) replaced by it; the predecessor list itself if all do. */
function keepSame<T extends { id: string }>(next: T[], previous: readonly T[]): T[] {
  const before = new Map(previous.map((part) => [part.id, part]));
  const kept = next.map((part) => {
    const old = before.get(part.id);
    return old !== undefined && sameData(old, part) ? old : part;
  });
  return keepList(kept, previous as T[]);
}

/** The previous list where it holds the same objects. */
function keepList<T>(next: T[], previous: T[]): T[] {
  return next.length === previous.length && next.every((each, at) => each === previous[at]) ? previous : next;
}

/** Equality of plain data. Of lists and records alike, as this is asked of every edge of a stage that was touched. */
function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  let keys = 0;
  for (const key in a) {
    if (!sameData((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
    keys++;
  }
  for (const _ in b) keys--;
  return keys === 0;
}
