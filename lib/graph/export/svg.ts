/** The graph as a picture that stands alone: no script, no font and no address of anybody's. */
import type { Point } from "../layout";
import { placeNewcomers } from "../placement";
import type { GraphEdge, StageGraph } from "../types";
import {
  type Card,
  cardsOf,
  FOOT,
  PADDING,
  type PictureFigures,
  portsOf,
  REMARK,
  ROW,
  widthOf,
} from "./cards";
import { bundlesOf } from "./labels";
import { type Box, layOut, type Route } from "./layers";
import { type PictureTheme, styleOf } from "./theme";

const MARGIN = 24;
/** In a picture that nobody has laid out by hand, a stage of hundreds of instructions would push all else away. */
const MOST_ROWS = 12;

export interface PictureOptions {
  /** `auto` unless told otherwise; the other two have a background of their own. */
  theme?: PictureTheme;
  /** Where somebody put the cards: upper left corners by node id. Without it they are laid out here. */
  places?: Readonly<Record<string, Point>>;
  collapsed?: Readonly<Record<string, boolean>>;
  /** Sizes, where a build has told them. */
  figures?: PictureFigures;
}

export interface Picture {
  svg: string;
  /** In pixels, as the picture says of itself. */
  width: number;
  height: number;
}

/** `title` is what a screen reader says the picture is of. */
export function toSvg(graph: StageGraph, title: string, options: PictureOptions = {}): string {
  return drawPicture(graph, title, options).svg;
}

export function drawPicture(graph: StageGraph, title: string, options: PictureOptions = {}): Picture {
  const { theme = "auto", places, collapsed, figures } = options;
  const cards = cardsOf(graph, {
    figures,
    collapsed,
    mostRows: places ? Number.POSITIVE_INFINITY : MOST_ROWS,
  });
  const cardOf = (id: string) => cards.get(id) as Card;
  const { boxes, lines } = places ? placed(graph, places, cardOf) : laidOut(graph, cardOf);
  const labels = labelsOf(graph, lines, figures);
  const { x, y, width, height } = boundsOf([...boxes, ...labels]);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `  <title>${escapeXml(title)}</title>`,
    `  <style>\n    ${styleOf(theme)}\n  </style>`,
  ];
  for (const kind of ["copy", "mount"] as const) {
    parts.push(
      `  <marker id="arrow-${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path class="${kind}-head" d="M0 0L8 4L0 8z"/></marker>`,
    );
  }
  if (theme !== "auto") {
    parts.push(`  <rect class="back" x="${x}" y="${y}" width="${width}" height="${height}"/>`);
  }
  const stages = new Map(graph.stages.map((stage) => [stage.id, stage]));
  for (const { edge, path } of lines) {
    const said = sentence(edge, (stages.get(edge.target)?.startLine ?? 1) + edge.lineInStage);
    const arrow = edge.kind === "from" ? "" : ` marker-end="url(#arrow-${edge.kind})"`;
    parts.push(`  <path class="${edge.kind}"${arrow} d="${path}"><title>${escapeXml(said)}</title></path>`);
  }
  const scale = Math.max(1, ...[...cards.values()].map(({ figures }) => figures?.size ?? 0));
  const measure = { scale, format: figures?.format ?? String };
  for (const box of boxes) parts.push(...draw(box, cardOf(box.id), stages.get(box.id)?.index, measure));
  for (const label of labels) {
    const center = round(label.x + label.width / 2);
    parts.push(
      `  <rect class="label" x="${round(label.x)}" y="${round(label.y)}" width="${round(label.width)}" height="${label.height}" rx="6"/>`,
      `  <text class="small middle" x="${center}" y="${round(label.y + 14)}">${escapeXml(label.text)}</text>`,
    );
  }
  return { svg: `${parts.join("\n")}\n</svg>\n`, width, height };
}

interface Line {
  edge: GraphEdge;
  path: string;
  /** where a label belongs */
  middle: Point;
}

function laidOut(graph: StageGraph, cardOf: (id: string) => Card): { boxes: Box[]; lines: Line[] } {
  const { boxes, routes } = layOut(graph, cardOf);
  const lines = routes.flatMap((route): Line[] => {
    const edge = graph.edges[route.edge];
    const at = route.points[Math.floor((route.points.length - 1) / 2)];
    const next = route.points[Math.floor((route.points.length - 1) / 2) + 1];
    if (edge === undefined || at === undefined || next === undefined) return [];
    return [{ edge, path: smooth(route), middle: { x: (at.x + next.x) / 2, y: (at.y + next.y) / 2 } }];
  });
  return { boxes, lines };
}

function placed(
  graph: StageGraph,
  places: Readonly<Record<string, Point>>,
  cardOf: (id: string) => Card,
): { boxes: Box[]; lines: Line[] } {
  const all = { ...places, ...placeNewcomers(graph, places, cardOf) };
  const boxes = [...graph.images, ...graph.stages].map(({ id }): Box => {
    const { width, height } = cardOf(id);
    return { id, ...(all[id] ?? { x: 0, y: 0 }), width, height };
  });
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const lines = graph.edges.flatMap((edge): Line[] => {
    const [source, target] = [byId.get(edge.source), byId.get(edge.target)];
    if (!source || !target || source === target) return [];
    const { from, to } = portsOf(edge, cardOf(edge.source), cardOf(edge.target));
    const [x1, y1, x2, y2] = [source.x + from.x, source.y + from.y, target.x + to.x, target.y + to.y];
    // One that has to go back swings out to both sides, as far as it goes back at most.
    const bend = x2 > x1 ? (x2 - x1) / 2 : Math.min(160, 60 + (x1 - x2) / 4);
    const path = `M${round(x1)} ${round(y1)}C${round(x1 + bend)} ${round(y1)} ${round(x2 - bend)} ${round(y2)} ${round(x2)} ${round(y2)}`;
    return [{ edge, path, middle: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 } }];
  });
  return { boxes, lines };
}

interface Label extends Box {
  text: string;
}

/** One for all edges of a kind between the same two cards, at the first of them. */
function labelsOf(graph: StageGraph, lines: readonly Line[], figures: PictureFigures | undefined): Label[] {
  const lineOf = new Map(lines.map((line) => [line.edge.id, line]));
  return bundlesOf(graph, figures).flatMap(({ first, text }): Label[] => {
    const line = lineOf.get(first);
    if (line === undefined || text === "") return [];
    const width = widthOf(text, 11) + 16;
    return [{ id: first, text, width, height: 20, x: line.middle.x - width / 2, y: line.middle.y - 10 }];
  });
}

interface Measure {
  /** bytes of the longest bar */
  scale: number;
  format(bytes: number): string;
}

function draw(box: Box, card: Card, index: number | undefined, measure: Measure): string[] {
  const [x, y, right] = [round(box.x), round(box.y), round(box.x + box.width - PADDING)];
  const left = round(x + PADDING);
  const text = (className: string, at: number, top: number, words: string) =>
    `    <text class="${className}" x="${at}" y="${round(y + top)}">${words}</text>`;
  const parts = [
    `  <g class="${card.kind}">`,
    `    <rect class="card" x="${x}" y="${y}" width="${round(box.width)}" height="${round(box.height)}" rx="10"/>`,
  ];
  if (index === undefined) {
    parts.push(
      text("", left, 22, escapeXml(card.title)),
      text("small quiet", left, 40, escapeXml(card.subtitle)),
    );
    return [...parts, "  </g>"];
  }
  const rule = (top: number) => `    <path class="rule" d="M${x} ${round(y + top)}h${round(box.width)}"/>`;
  parts.push(
    text("small quiet", left, 28, String(index)),
    text("name", round(left + 8 + String(index).length * 7), 28, escapeXml(card.title)),
    text("quiet", left, 50, escapeXml(card.subtitle)),
    rule(card.head),
  );
  if (card.remark) parts.push(text("small quiet", left, 50 + REMARK, escapeXml(card.remark)));
  for (const [nth, row] of card.rows.entries()) {
    const top = card.head + 3 + nth * ROW + 16;
    parts.push(
      text("", left, top, `<tspan class="keyword">${escapeXml(row.keyword)}</tspan> ${escapeXml(row.text)}`),
    );
    if (row.figure) parts.push(text("small quiet end", right, top, escapeXml(row.figure)));
  }
  if (card.left)
    parts.push(text("quiet", left, card.head + 3 + card.rows.length * ROW + 16, escapeXml(card.left)));
  const foot = box.height - FOOT;
  if (foot > card.head) parts.push(rule(foot));
  parts.push(...footer(card, { left, right, y: round(y + foot) }, measure), "  </g>");
  return parts;
}

function footer(
  { figures, rows, kind }: Card,
  at: { left: number; right: number; y: number },
  { scale, format }: Measure,
): string[] {
  const final = kind === "stage final";
  const base = round(at.y + 23);
  if (figures === null) {
    const words = rows.length === 0 ? "" : `${rows.length} instruction${rows.length === 1 ? "" : "s"}`;
    const parts = [`    <text class="small quiet" x="${at.left}" y="${base}">${words}</text>`];
    if (final) parts.push(`    <text class="small quiet end" x="${at.right}" y="${base}">final stage</text>`);
    return parts;
  }
  const { fate, base: inherited, own } = figures;
  const size = format(figures.size);
  const start = round(at.left + widthOf(size, 13) + 10);
  const room = Math.max(0, at.right - widthOf(fate, 11) - 10 - start);
  const bar = [
    `<rect class="whole" x="${start}" y="${at.y + 15}" width="${round(room)}" height="6" rx="3"/>`,
  ];
  let from = start;
  for (const [nth, part] of [inherited, ...own].entries()) {
    const width = Math.max(0, Math.min((part / scale) * room, start + room - from));
    if (width <= 0) continue;
    bar.push(
      `<rect class="${nth === 0 ? "base" : "own"}" x="${round(from)}" y="${at.y + 15}" width="${round(width)}" height="6"/>`,
    );
    from += width;
  }
  return [
    `    <text class="strong${final ? " ships" : ""}" x="${at.left}" y="${base}">${escapeXml(size)}</text>`,
    `    <g class="bar">${bar.join("")}</g>`,
    `    <text class="small quiet end" x="${at.right}" y="${base}">${escapeXml(fate)}</text>`,
  ];
}

function sentence({ kind, sources, destination }: GraphEdge, line: number): string {
  const files = [...sources, destination ?? ""].join(" ").trim();
  const what = { from: "FROM", copy: `COPY --from ${files}`, mount: `RUN --mount=from ${files}` }[kind];
  return `${what.trim()}, line ${line}`;
}

function boundsOf(boxes: readonly Omit<Box, "id">[]) {
  if (boxes.length === 0) return { x: 0, y: 0, width: 2 * MARGIN, height: 2 * MARGIN };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  const [x, y] = [Math.floor(left - MARGIN), Math.floor(top - MARGIN)];
  return { x, y, width: Math.ceil(right + MARGIN) - x, height: Math.ceil(bottom + MARGIN) - y };
}

/** Through its points with level tangents; two points beside each other are the way through a column. */
function smooth({ points }: Route): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${round(first.x)} ${round(first.y)}`;
  let previous = first;
  for (const point of rest) {
    const bend = (point.x - previous.x) / 2;
    path +=
      point.y === previous.y
        ? `L${round(point.x)} ${round(point.y)}`
        : `C${round(previous.x + bend)} ${round(previous.y)} ${round(point.x - bend)} ${round(point.y)} ${round(point.x)} ${round(point.y)}`;
    previous = point;
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Characters that XML has no way of writing become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
