/** Colours of the picture: those of the product's own canvas, light and dark. */

/** `auto` follows whoever looks at it: the picture carries both. */
export type PictureTheme = "light" | "dark" | "auto";

interface Palette {
  background: string;
  surface: string;
  sunken: string;
  border: string;
  text: string;
  muted: string;
  keyword: string;
  from: string;
  copy: string;
  mount: string;
  ships: string;
  base: string;
  own: string;
}

const LIGHT: Palette = {
  background: "#f6f7f8",
  surface: "#ffffff",
  sunken: "#eceef1",
  border: "#c3c9d2",
  text: "#14171c",
  muted: "#565e6b",
  keyword: "#7a2fd6",
  from: "#9aa2af",
  copy: "#0e8a5f",
  mount: "#c2620a",
  ships: "#08704c",
  base: "#9aa2af",
  own: "#2563eb",
};

const DARK: Palette = {
  background: "#0e1116",
  surface: "#171b22",
  sunken: "#262c36",
  border: "#3d4654",
  text: "#eceff4",
  muted: "#a7b0be",
  keyword: "#c09bff",
  from: "#66707f",
  copy: "#3fc18e",
  mount: "#f0a04b",
  ships: "#5fd3a4",
  base: "#66707f",
  own: "#6ea0ff",
};

/** Fonts of the system only: one from elsewhere would not be drawn, or would keep a browser from reading the picture. */
const FONT =
  "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

const SHAPES = `text { font: 12px ${FONT}; white-space: pre } .name { font-size: 14px; font-weight: 600 } .keyword { font-weight: 600 }
    .small { font-size: 11px } .strong { font-size: 13px; font-weight: 600 } .end { text-anchor: end } .middle { text-anchor: middle }
    .from, .copy, .mount { fill: none; stroke-linecap: round } .from { stroke-width: 2.25 } .copy { stroke-width: 1.75; stroke-dasharray: 6 5 }
    .mount { stroke-width: 2.25; stroke-dasharray: 0.1 6 } .image .card { stroke-dasharray: 4 3 } .bar rect { stroke: none }`;

function colours(palette: Palette): string {
  const { background, surface, sunken, border, text, muted, keyword, from, copy, mount, ships, base, own } =
    palette;
  return `.back { fill: ${background} } .card, .label { fill: ${surface}; stroke: ${border} } .final .card { stroke: ${copy}; stroke-width: 2 }
    text { fill: ${text} } .quiet { fill: ${muted} } .keyword { fill: ${keyword} } .rule { stroke: ${border} }
    .from { stroke: ${from} } .copy { stroke: ${copy} } .mount { stroke: ${mount} } .copy-head { fill: ${copy} } .mount-head { fill: ${mount} } .ships { fill: ${ships} }
    .bar .whole { fill: ${sunken} } .bar .base { fill: ${base} } .bar .own { fill: ${own} } .final .bar .own { fill: ${copy} }`;
}

/** The style sheet of the picture. */
export function styleOf(theme: PictureTheme): string {
  if (theme !== "auto") return `${SHAPES}\n    ${colours(theme === "dark" ? DARK : LIGHT)}`;
  return `${SHAPES}\n    ${colours(LIGHT)}\n    @media (prefers-color-scheme: dark) { ${colours(DARK)} }`;
}
