/** The cards of the picture: what stands on each and how large it is, as on the canvas. Sizes are in its pixels. */
import type { Point, Size } from "../layout";
import type { GraphEdge, StageGraph } from "../types";
import { columns, shorten } from "./labels";

/** What is known of a stage's build, in bytes. */
export interface StageFigures {
  size: number;
  /** "ships", "left behind" */
  fate: string;
  /** What came with the base, and what each instruction added. */
  base: number;
  own: readonly number[];
}

export interface PictureFigures {
  stages: ReadonlyMap<string, StageFigures>;
  /** What each instruction added, by stage id and instruction. */
  rows: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** What came along an edge, by edge id. */
  edges: ReadonlyMap<string, number>;
  /** How bytes read: not this folder's to say. */
  format(bytes: number): string;
}

export interface Row {
  instruction: number;
  keyword: string;
  text: string;
  figure: string;
}

export interface Card extends Size {
  kind: "image" | "stage" | "stage final";
  title: string;
  subtitle: string;
  /** What the Dockerfile says the stage is for; "" where it says nothing. */
  remark: string;
  /** Height of what stands above the rows. */
  head: number;
  rows: Row[];
  /** "3 more" where not all rows are drawn. */
  left: string;
  figures: StageFigures | null;
}

export const CARD_WIDTH = 300;
const HEAD = 66;
/** What a remark adds to it. */
export const REMARK = 18;
export const ROW = 24;
export const FOOT = 36;
export const PADDING = 12;
const IMAGE_HEIGHT = 53;
/** Width of a letter of the picture's fonts: those in use are 0.55 to 0.602 of their size wide. */
const LETTER = 0.602;

export const widthOf = (text: string, size: number) => columns(text) * size * LETTER;
const fitting = (width: number, size: number) => Math.floor(width / (size * LETTER));

export interface CardOptions {
  figures?: PictureFigures;
  /** Ids of cards that show no rows. */
  collapsed?: Readonly<Record<string, boolean>>;
  /** Of each stage; the last row says how many more there are. */
  mostRows: number;
}

const USES = { from: "base", copy: "COPY --from", mount: "RUN --mount" };

export function cardsOf(graph: StageGraph, { figures, collapsed, mostRows }: CardOptions): Map<string, Card> {
  const cards = new Map<string, Card>();
  for (const { id, ref, uses } of graph.images) {
    const title = shorten(ref, fitting(260 - 26, 12));
    const subtitle = ref === "scratch" ? "empty base" : uses.map((use) => USES[use]).join(" · ");
    const width = Math.max(96, widthOf(title, 12) + 26, widthOf(subtitle, 11) + 26);
    const size = { width, height: IMAGE_HEIGHT };
    cards.set(id, {
      kind: "image",
      title,
      subtitle,
      remark: "",
      head: 0,
      rows: [],
      left: "",
      figures: null,
      ...size,
    });
  }
  for (const stage of graph.stages) {
    const shown = collapsed?.[stage.id] ? [] : stage.rows.slice(0, mostRows);
    const more = collapsed?.[stage.id] ? 0 : stage.rows.length - shown.length;
    const rows = shown.map(({ instruction, keyword, text }) => {
      const bytes = figures?.rows.get(stage.id)?.get(instruction) ?? 0;
      const figure = figures && bytes > 0 ? figures.format(bytes) : "";
      const room = CARD_WIDTH - 2 * PADDING - (figure === "" ? 0 : widthOf(figure, 11) + 10);
      const most = Math.max(4, fitting(room, 12) - keyword.length - 1);
      return { instruction, keyword, text: shorten(text, most), figure };
    });
    const drawn = rows.length + (more > 0 ? 1 : 0);
    const remark = begin(stage.comment ?? "", fitting(CARD_WIDTH - 2 * PADDING, 11));
    const head = HEAD + (remark === "" ? 0 : REMARK);
    const platform = stage.platform ? `--platform=${stage.platform} ` : "";
    cards.set(stage.id, {
      kind: stage.final ? "stage final" : "stage",
      title: shorten(stage.label, fitting(CARD_WIDTH - 2 * PADDING - 34, 14)),
      subtitle: shorten(`FROM ${platform}${stage.baseText}`, fitting(CARD_WIDTH - 2 * PADDING, 12)),
      remark,
      head,
      rows,
      left: more > 0 ? `… ${more} more` : "",
      figures: figures?.stages.get(stage.id) ?? null,
      width: CARD_WIDTH,
      height: head + (drawn > 0 ? drawn * ROW + 6 : 0) + FOOT,
    });
  }
  return cards;
}

/** Of a sentence the begin says most. */
const begin = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;

/** Where an edge leaves its card and arrives at the other, from each card's upper left corner. */
export function portsOf(edge: Pick<GraphEdge, "kind" | "instruction">, source: Card, target: Card) {
  const leaves =
    source.kind === "image" ? (edge.kind === "from" ? 16 : IMAGE_HEIGHT - 13) : fromStage(edge, source);
  const nth = target.rows.findIndex(({ instruction }) => instruction === edge.instruction);
  const row = nth === -1 ? target.rows.length : nth;
  const below = target.rows.length === 0 ? 0 : target.head + 3 + row * ROW + ROW / 2;
  const arrives = edge.kind === "from" || below === 0 ? 46 : below;
  return { from: { x: source.width, y: leaves } satisfies Point, to: { x: 0, y: arrives } satisfies Point };
}

const fromStage = ({ kind }: Pick<GraphEdge, "kind">, { height }: Card) =>
  kind === "from" ? 46 : height - 18;
