"use client";
import { memo, type ReactNode, useEffect, useRef, useState } from "react";
import type { Dockerfile } from "@/lib/dockerfile";
import styles from "./code.module.css";
import { colouredWords, type LineToken } from "./document-tokens";
import { wordClass } from "./word-classes";

export const CHUNK_LINES = 200;
const LINE_HEIGHT = 21;

interface ChunkProps {
  tree: Dockerfile;
  first: number;
  last: number;
  /** "from-to", lines of the whole text. */
  selected?: string;
  failed?: string;
  failure?: string;
}

/** A stretch of lines. Far from the window it is its bare text, so that a huge file opens at once and can be searched. */
export const CodeChunk = memo(function CodeChunk(props: ChunkProps) {
  const { tree, first, last } = props;
  const place = useRef<HTMLElement>(null);
  const [near, setNear] = useState(first === 1);
  useEffect(() => {
    if (near || !place.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: "1500px" },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [near]);
  const height = (last - first + 1) * LINE_HEIGHT;
  return (
    <code ref={place} className={styles.chunk} style={{ height, containIntrinsicHeight: height }}>
      {near ? <Lines {...props} /> : <span className={styles.plain}>{linesOf(tree, first, last)}</span>}
    </code>
  );
});

function linesOf({ source, lines }: Dockerfile, first: number, last: number): string {
  return source.slice(lines.lineStart(first), lines.lineEnd(last));
}

function Lines({ tree, first, last, selected, failed, failure }: ChunkProps) {
  const words = colouredWords(tree, first, last);
  const [selectedFrom, selectedTo] = fromTo(selected);
  const [failedFrom, failedTo] = fromTo(failed);
  const rows: ReactNode[] = [];
  let next = 0;
  for (let line = first; line <= last; line++) {
    const start = next;
    while (words[next]?.line === line) next++;
    rows.push(
      <span
        key={line}
        className={styles.line}
        data-line={line}
        data-selected={line >= selectedFrom && line <= selectedTo ? "" : undefined}
        data-failed={line >= failedFrom && line <= failedTo ? "" : undefined}
      >
        {coloured(linesOf(tree, line, line), words.slice(start, next))}
        {line === failedFrom && <span className={styles.failedNote}>{failure}</span>}
        {"\n"}
      </span>,
    );
  }
  return rows;
}

/** A line's text with the coloured words in it. */
export function coloured(text: string, words: readonly LineToken[]): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { kind, from, to } of words) {
    if (from - 1 > at) parts.push(text.slice(at, from - 1));
    parts.push(
      <span key={from} className={wordClass(kind)}>
        {text.slice(from - 1, to - 1)}
      </span>,
    );
    at = to - 1;
  }
  parts.push(text.slice(at));
  return parts;
}

function fromTo(range: string | undefined): [number, number] {
  const [from = 0, to = -1] = range?.split("-").map(Number) ?? [];
  return [from, to];
}
