/**
 * Two versions of a Dockerfile as one graph: which stage, image, edge and instruction is the same, was added, removed,
 * changed or moved. A function of the two trees; nothing here knows a page.
 */
import { type Dockerfile, globalArgsOf, type Stage } from "../../dockerfile";
import { alignLists } from "../../text";
import { buildGraph, EMPTY_GRAPH } from "../graph";
import type { ImageNode, StageGraph, StageId, StageNode } from "../types";
import { compareEdges } from "./edges";
import { matchStages } from "./match-stages";
import { markMovesBetween, rowsOf, type Slot, slotsOf, type Versions } from "./rows";
import type { ComparedImage, ComparedLine, ComparedStage, Comparison, FileLine, HeadPart } from "./types";

/**
 * What became of `before` in `after`. Words count, white space and comments do not (but for those that describe a
 * stage). `compareDockerfiles(after, before)` is the same with added and removed the other way round. What it costs grows
 * with the texts; stages of more than 2,000 instructions that differ are compared by those that are unique.
 */
export function compareDockerfiles(before: Dockerfile, after: Dockerfile): Comparison {
  const partners = matchStages(before.stages, after.stages);
  const ids = idsOf(partners, after.stages.length);
  const graphs = {
    before: buildGraph(before, ids.before, EMPTY_GRAPH),
    after: buildGraph(after, ids.after, EMPTY_GRAPH),
  };
  const stages = compareStages(before, after, ids, graphs);
  return {
    top: compareTops(before, after),
    stages,
    images: compareImages(graphs.before.images, graphs.after.images),
    edges: compareEdges(graphs.before, graphs.after, stages),
  };
}

interface Ids {
  before: StageId[];
  after: StageId[];
}

/** A stage that both versions have has one id: `a<index>` by its place in the later version, else `b<index>`. */
function idsOf(partners: readonly (number | null)[], after: number): Ids {
  return {
    before: partners.map((partner, at) => (partner === null ? `b${at}` : `a${partner}`)),
    after: Array.from({ length: after }, (_, at) => `a${at}`),
  };
}

function compareStages(
  before: Dockerfile,
  after: Dockerfile,
  ids: Ids,
  graphs: { before: StageGraph; after: StageGraph },
): ComparedStage[] {
  const old = byId(before.stages, ids.before);
  const now = byId(after.stages, ids.after);
  const oldNodes = new Map(graphs.before.stages.map((node) => [node.id, node]));
  const nowNodes = new Map(graphs.after.stages.map((node) => [node.id, node]));
  const { order, moved } = merged(ids, old, now);
  const versions = order.map((id): Versions & { slots: Slot[] } => {
    const both = { id, before: old.get(id) ?? null, after: now.get(id) ?? null };
    return { ...both, slots: slotsOf(both) };
  });
  markMovesBetween(versions);
  return versions.map(({ slots, ...both }): ComparedStage => {
    const nodes = { before: oldNodes.get(both.id) ?? null, after: nowNodes.get(both.id) ?? null };
    const rows = rowsOf(both, slots, nodes);
    const head = headOf(nodes.before, nodes.after, moved.has(both.id));
    return { kind: "stage", id: both.id, mark: markOf(nodes, head, rows), ...nodes, head, rows };
  });
}

const byId = (stages: readonly Stage[], ids: readonly StageId[]) =>
  new Map(stages.map((stage) => [ids[stage.index]!, stage]));

/** All stages in the order of the later version, what is gone where it stood; and those that changed places. */
function merged(ids: Ids, old: ReadonlyMap<StageId, Stage>, now: ReadonlyMap<StageId, Stage>) {
  // An order of equals must not hang on ids, which are made from the later version.
  const word = (id: StageId) =>
    [old.get(id), now.get(id)]
      .map((stage) => stage?.name ?? stage?.baseText)
      .sort()
      .join();
  const both = ids.before.filter((id) => now.has(id));
  const inOrder = ids.after.filter((id) => old.has(id));
  const stay = new Set(
    alignLists(both.map(word), inOrder.map(word)).flatMap(([i, j]) =>
      i !== null && j !== null && both[i] === inOrder[j] ? [both[i]!] : [],
    ),
  );
  const order: StageId[] = [];
  for (const [i, j] of alignLists(ids.before, ids.after)) {
    if (j !== null) order.push(ids.after[j]!);
    else if (!now.has(ids.before[i!]!)) order.push(ids.before[i!]!);
  }
  return { order, moved: new Set(both.filter((id) => !stay.has(id))) };
}

function headOf(before: StageNode | null, after: StageNode | null, moved: boolean): HeadPart[] {
  if (before === null || after === null) return [];
  const differs: Record<HeadPart, boolean> = {
    name: before.name !== after.name,
    base: before.baseText !== after.baseText,
    platform: before.platform !== after.platform,
    comment: before.comment !== after.comment,
    final: before.final !== after.final,
    order: moved,
  };
  return (Object.keys(differs) as HeadPart[]).filter((part) => differs[part]);
}

function markOf(
  { before, after }: { before: StageNode | null; after: StageNode | null },
  head: readonly HeadPart[],
  rows: ComparedStage["rows"],
): ComparedStage["mark"] {
  if (before === null) return "added";
  if (after === null) return "removed";
  const changed = head.some((part) => part !== "order") || rows.some(({ mark }) => mark !== "same");
  return changed ? "changed" : head.length > 0 ? "moved" : "same";
}

function compareImages(before: readonly ImageNode[], after: readonly ImageNode[]): ComparedImage[] {
  const old = new Map(before.map((image) => [image.id, image]));
  const now = new Set(after.map(({ id }) => id));
  return [
    ...after.map(({ id, ref, uses }): ComparedImage => {
      const known = old.get(id);
      const all = [...new Set([...(known?.uses ?? []), ...uses])];
      return { kind: "image", id, ref, mark: known ? "same" : "added", uses: all };
    }),
    ...before
      .filter(({ id }) => !now.has(id))
      .map(({ id, ref, uses }): ComparedImage => ({ kind: "image", id, ref, mark: "removed", uses })),
  ];
}

/** Directives and global ARGs are found again by their names. */
function compareTops(before: Dockerfile, after: Dockerfile): ComparedLine[] {
  const [old, now] = [topOf(before), topOf(after)];
  return alignLists(
    old.map(({ key }) => key),
    now.map(({ key }) => key),
  ).map(([i, j]): ComparedLine => {
    const sides = { before: i === null ? null : old[i]!.line, after: j === null ? null : now[j]!.line };
    if (sides.before === null) return { mark: "added", ...sides };
    if (sides.after === null) return { mark: "removed", ...sides };
    return { mark: sides.before.text === sides.after.text ? "same" : "changed", ...sides };
  });
}

function topOf(tree: Dockerfile): { key: string; line: FileLine }[] {
  const directives = tree.directives.map(({ name, value, line }) => ({
    key: `# ${name}`,
    line: { keyword: `# ${name}`, text: value, startLine: line, endLine: line },
  }));
  const args = globalArgsOf(tree).map(({ name, value, instruction }) => ({
    key: `ARG ${name}`,
    line: {
      keyword: "ARG",
      text: value === null ? name : `${name}=${value}`,
      startLine: instruction.startLine,
      endLine: instruction.endLine,
    },
  }));
  return [...directives, ...args];
}
