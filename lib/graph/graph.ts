/** From the syntax tree to the picture. Parts that did not change keep their object identity, so that drawing is cheap. */
import type { Dockerfile, Instruction, StageReference } from "../dockerfile";
import { keptInstructions, linesMoved } from "../dockerfile/kept";
import type { StageNode as ParsedStage } from "../dockerfile/stages";
import { type ProblemsOfStage, problemsByStage } from "./problems";
import type { GraphEdge, ImageNode, InstructionRow, StageGraph, StageId, StageNode } from "./types";

export const EMPTY_GRAPH: StageGraph = { stages: [], images: [], edges: [], stale: false };

/** What BuildKit calls a stage: its name, or stage-N. */
export function stageLabel(stage: { name: string | null; index: number }): string {
  return stage.name ?? `stage-${stage.index}`;
}

/** What of a graph is one stage's, and what it was drawn from. */
interface Part {
  stage: ParsedStage;
  card: StageNode;
  edges: readonly GraphEdge[];
  /** images it is built on or takes files from, in order */
  images: readonly { ref: string; use: StageReference["kind"] }[];
}

/** A graph remembers its parts, so that the next one draws only stages that changed. */
const partsOf = new WeakMap<StageGraph, readonly Part[]>();
const NO_PARTS: readonly Part[] = [];

/**
 * The graph of a tree whose stages have these ids (by index). Where the text is so broken that a stage of `previous`
 * is lost in it, the previous picture is returned, marked stale. Of a tree that was reparsed from the one that
 * `previous` shows, only the stages that an edit touched are drawn anew.
 */
export function buildGraph(tree: Dockerfile, ids: readonly StageId[], previous: StageGraph): StageGraph {
  const known = partsOf.get(previous) ?? NO_PARTS;
  // A text without a word is no slip of the hand: whoever emptied it sees an empty canvas and what to begin with.
  const broken = (!tree.accepted || tree.graphError !== null) && tree.source.trim() !== "";
  if (broken && losesStage(previous, ids))
    return previous.stale ? previous : remember(known, { ...previous, stale: true });
  const problems = problemsByStage(tree);
  // Edges name stages by their ids, so where these are others nothing is taken over unseen.
  const inPlace = known.length === ids.length && known.every(({ card }, at) => card.id === ids[at]);
  const byId = inPlace ? null : new Map(known.map((part) => [part.card.id, part]));
  const parts = (tree.stages as ParsedStage[]).map((stage, index) => {
    const found = problems.get(index);
    const old = byId === null ? known[index] : byId.get(ids[index]!);
    const lines = byId !== null || found || old!.card.doubtful ? null : linesMoved(old!.stage, stage);
    return lines === null ? drawPart(stage, ids, tree, found, old) : movePart(old!, stage, lines);
  });
  const sameEdges = inPlace && known.every(({ edges }, at) => edges === parts[at]!.edges);
  const sameImages = inPlace && known.every(({ images }, at) => sameData(images, parts[at]!.images));
  const stages = keepList(
    parts.map(({ card }) => card),
    previous.stages,
  );
  const images = sameImages ? previous.images : keepSame(imagesOf(parts), previous.images);
  const edges = sameEdges ? previous.edges : edgesOf(parts);
  return remember(parts, { stages, images, edges: keepList(edges, previous.edges), stale: false });
}

function remember(parts: readonly Part[], graph: StageGraph): StageGraph {
  partsOf.set(graph, parts);
  return graph;
}

function losesStage({ stages }: StageGraph, ids: readonly StageId[]): boolean {
  const present = new Set(ids);
  return stages.some(({ id }) => !present.has(id));
}

/** What there was of a stage that at most stands on other lines now. */
function movePart(old: Part, stage: ParsedStage, lines: number): Part {
  if (old.stage === stage) return old;
  const { card, edges, images } = old;
  return { stage, card: lines === 0 ? card : moveCard(card, lines), edges, images };
}

// Written out, as copying by `...` costs several times as much, and a new line moves everything behind it.
function moveCard(card: StageNode, lines: number): StageNode {
  const { kind, id, index, name, label, baseText, platform, comment, final, doubtful, rows } = card;
  const startLine = card.startLine + lines;
  const endLine = card.endLine + lines;
  return {
    kind,
    id,
    index,
    name,
    label,
    baseText,
    platform,
    comment,
    startLine,
    endLine,
    final,
    doubtful,
    rows,
  };
}

/** What is to be seen of a stage; what says the same as before is the same object. */
function drawPart(
  stage: ParsedStage,
  ids: readonly StageId[],
  tree: Dockerfile,
  problems: ProblemsOfStage | undefined,
  old: Part | undefined,
): Part {
  const { index, name, baseText, platform, comment } = stage;
  const card: StageNode = {
    kind: "stage",
    id: ids[index]!,
    index,
    name,
    label: stageLabel(stage),
    baseText,
    platform,
    comment,
    startLine: stage.startLine,
    endLine: stage.endLine,
    final: index === tree.stages.length - 1,
    doubtful: problems !== undefined,
    rows: rowsOf(stage, problems, old),
  };
  const same = old !== undefined && old.card.rows === card.rows && sameData(old.card, card);
  const { edges, images } = connections(stage, ids);
  return { stage, card: same ? old.card : card, edges: keepSame(edges, old?.edges ?? []), images };
}

/** A row an instruction but for FROM. Rows that say what they said are the same objects, the list itself if all are. */
function rowsOf(
  stage: ParsedStage,
  problems: ProblemsOfStage | undefined,
  old: Part | undefined,
): InstructionRow[] {
  const before = old?.card.rows ?? [];
  const { front, back, lines } = keptInstructions(old?.stage, stage);
  const fresh: InstructionRow[] = [];
  for (let index = Math.max(1, front); index < stage.length - back; index++) {
    fresh.push(readRow(stage.instruction(index), stage.startLine, before[index - 1]));
  }
  const further = stage.length - 1 - before.length;
  const behind = before.slice(before.length - back);
  const rows = before
    .slice(0, Math.max(0, front - 1))
    .concat(fresh, further === 0 && lines === 0 ? behind : behind.map((row) => moveRow(row, further, lines)));
  const doubtful = problems !== undefined || old?.card.doubtful === true;
  return keepList(doubtful ? rows.map((row) => withProblem(row, problems)) : rows, before);
}

function readRow(
  { indexInStage, keyword, text, startLine, endLine }: Instruction,
  firstLine: number,
  old: InstructionRow | undefined,
): InstructionRow {
  const lines = { startInStage: startLine - firstLine, endInStage: endLine - firstLine };
  const row = { instruction: indexInStage, keyword, text, ...lines, problem: null };
  return old !== undefined && sameData(row, old) ? old : row;
}

/** The row of an instruction that was read before. */
function moveRow(row: InstructionRow, further: number, lines: number): InstructionRow {
  const { instruction, keyword, text, startInStage, endInStage, problem } = row;
  return {
    instruction: instruction + further,
    keyword,
    text,
    startInStage: startInStage + lines,
    endInStage: endInStage + lines,
    problem,
  };
}

function withProblem(row: InstructionRow, problems: ProblemsOfStage | undefined): InstructionRow {
  const problem = problems?.get(row.instruction) ?? null;
  return row.problem === problem ? row : { ...row, problem };
}

/** Edges that end at a stage, and images they begin at. */
function connections(
  stage: ParsedStage,
  ids: readonly StageId[],
): Pick<Part, "images"> & { edges: GraphEdge[] } {
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
      lineInStage: instruction.startLine - stage.startLine,
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

function edgesOf(parts: readonly Part[]): GraphEdge[] {
  const all: GraphEdge[] = [];
  for (const { edges } of parts) for (const edge of edges) all.push(edge);
  return all;
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
