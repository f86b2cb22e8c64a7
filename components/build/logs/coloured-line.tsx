/** One line with its colours. Whatever it holds becomes text nodes and class names of our own: nothing in it can run. */
import Anser, { type AnserJsonEntry } from "anser";
import { Fragment, type ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { colouredText, plainText } from "@/lib/build/terminal";
import styles from "./ansi.module.css";

const DECORATIONS: Record<string, string | undefined> = {
  bold: styles.bold,
  dim: styles.dim,
  italic: styles.italic,
  underline: styles.underline,
  strikethrough: styles.strike,
  reverse: styles.reverse,
};

export function ColouredLine({ text, find }: { text: string; find: string }) {
  if (!text.includes("\x1b")) return <Marked text={plainText(text)} find={find} />;
  const entries = Anser.ansiToJson(colouredText(text), { json: true, remove_empty: true, use_classes: true });
  let offset = 0;
  return entries.map((entry) => {
    const key = offset;
    offset += entry.content.length;
    return <Segment key={key} entry={entry} find={find} />;
  });
}

function Segment({ entry, find }: { entry: AnserJsonEntry; find: string }) {
  const name = cx(
    entry.fg && styles[className(entry.fg)],
    entry.bg && styles[`on-${className(entry.bg)}`],
    ...entry.decorations.map((decoration) => DECORATIONS[decoration]),
  );
  const content = <Marked text={entry.content} find={find} />;
  const colour = entry.fg && exactColour(entry.fg, entry.fg_truecolor);
  if (!name && !colour) return content;
  return (
    <span
      className={cx(name, colour && styles.exact)}
      style={colour ? ({ "--exact": colour } as object) : undefined}
    >
      {content}
    </span>
  );
}

/** "ansi-bright-red" is the class "bright-red"; the first 16 of the palette are those names too. */
function className(name: string): string {
  return name.replace(/^ansi-/, "");
}

/** The colours beyond the sixteen: of the 256 palette or any. Digits only come out of this. */
function exactColour(name: string, truecolor: string | null): string | null {
  if (name === "ansi-truecolor") return truecolor && /^[\d, ]+$/.test(truecolor) ? `rgb(${truecolor})` : null;
  const index = Number(/^ansi-palette-(\d+)$/.exec(name)?.[1] ?? -1);
  if (index < 16 || index > 255) return null;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const level = (part: number) => (part === 0 ? 0 : 55 + part * 40);
  const cube = index - 16;
  return `rgb(${level(Math.floor(cube / 36))}, ${level(Math.floor(cube / 6) % 6)}, ${level(cube % 6)})`;
}

/** Text with what is looked for marked in it. */
function Marked({ text, find }: { text: string; find: string }) {
  if (find === "") return text;
  const lower = text.toLowerCase();
  const parts: ReactNode[] = [];
  let from = 0;
  for (let at = lower.indexOf(find); at !== -1; at = lower.indexOf(find, from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + find.length)}</mark>);
    from = at + find.length;
  }
  if (parts.length === 0) return text;
  return (
    <Fragment>
      {parts}
      {text.slice(from)}
    </Fragment>
  );
}
