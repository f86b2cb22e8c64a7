"use client";
/** Both texts as one: lines that went and that came, between those that stayed. */
import { useEffect, useMemo, useRef, useState } from "react";
import { type DifferenceLine, textDifference } from "@/components/canvas/extraction/text-difference";
import { coloured } from "@/components/code/code-chunk";
import { colouredWords } from "@/components/code/document-tokens";
import { cx } from "@/components/ui/cx";
import { formatCount } from "@/lib/build/format";
import type { Dockerfile } from "@/lib/dockerfile";
import type { Change } from "@/lib/graph/compare/changes";
import { diffLines } from "@/lib/text";
import styles from "./text-difference.module.css";

/** Lines that are drawn; of more the beginning. */
const MOST_LINES = 4_000;
const AROUND = 3;

const SIGNS = { gone: "−", new: "+", same: " ", gap: "⋯" };
const WORDS = { gone: "removed: ", new: "added: ", same: "", gap: "" };

export function TextDifference(props: { before: Dockerfile; after: Dockerfile; current: Change | null }) {
  const { before, after, current } = props;
  const [whole, setWhole] = useState(false);
  const sheet = useRef<HTMLPreElement>(null);
  const edits = useMemo(() => diffLines(before.source, after.source), [before, after]);
  const lines = useMemo(
    () => textDifference(before.source, edits, whole ? Number.POSITIVE_INFINITY : AROUND),
    [before, edits, whole],
  );
  const shown = lines.slice(0, MOST_LINES);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines are drawn for another choice
  useEffect(() => {
    const side = current?.after ? "new" : "gone";
    const at = current?.after ?? current?.before;
    const { current: pre } = sheet;
    if (!pre) return;
    let first: HTMLElement | null = null;
    for (const line of pre.querySelectorAll<HTMLElement>("[data-line]")) {
      const here =
        !!at &&
        (line.dataset.kind === side || (side === "new" && line.dataset.kind === "same")) &&
        Number(line.dataset.line) >= at.from &&
        Number(line.dataset.line) <= at.to;
      line.toggleAttribute("data-current", here);
      if (here) first ??= line;
    }
    first?.scrollIntoView({ block: "nearest" });
  }, [current, lines]);

  return (
    <div className={styles.frame}>
      <div className={styles.head}>
        <span>
          {edits.length === 0
            ? "The texts are the same"
            : `${countOf(lines, "gone")} − · ${countOf(lines, "new")} +`}
        </span>
        <span className="visually-hidden">
          {formatCount(countOf(lines, "gone"), "line")} removed, {formatCount(countOf(lines, "new"), "line")}{" "}
          added
        </span>
        <label className={styles.whole}>
          <input type="checkbox" checked={whole} onChange={(event) => setWhole(event.target.checked)} />
          Whole text
        </label>
      </div>
      <section
        className={styles.sheet}
        aria-label="Lines that differ"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        tabIndex={0}
        data-testid="compare-text"
      >
        <pre ref={sheet}>
          {shown.map((line, at) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of one picture, drawn at once
              key={at}
              line={line}
              tree={line.kind === "gone" ? before : after}
            />
          ))}
        </pre>
        {lines.length > shown.length && (
          <p className={styles.more}>{formatCount(lines.length - shown.length, "more line")}</p>
        )}
      </section>
    </div>
  );
}

function Line({ line: { kind, line, text }, tree }: { line: DifferenceLine; tree: Dockerfile }) {
  return (
    <span className={cx(styles.line, styles[kind])} data-kind={kind} data-line={line || undefined}>
      <span className={styles.number}>{line || ""}</span>
      <span className={styles.sign} aria-hidden="true">
        {SIGNS[kind]}
      </span>
      <span className="visually-hidden">{WORDS[kind]}</span>
      {kind !== "gap" && coloured(text, colouredWords(tree, line, line))}
      {"\n"}
    </span>
  );
}

const countOf = (lines: readonly DifferenceLine[], kind: DifferenceLine["kind"]) =>
  lines.reduce((count, line) => (line.kind === kind ? count + 1 : count), 0);
