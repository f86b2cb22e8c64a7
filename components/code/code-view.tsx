"use client";
/**
 * The text for reading: coloured by the same tokens as in the editor, without loading it. Stands in while the editor
 * is on its way, too.
 */
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import styles from "./code.module.css";
import { CHUNK_LINES, CodeChunk } from "./code-chunk";
import { CodeFrame } from "./code-frame";
import { failureIn, type Lines, selectedLines } from "./marked-lines";
import { numberChars } from "./number-chars";

export function CodeView() {
  const store = useDocumentStore();
  const tree = useDocument((state) => state.tree);
  const graph = useDocument((state) => state.graph);
  const selection = useDocument((state) => state.selection);
  const build = useDocument((state) => state.build);
  const [cursor, setCursor] = useState<number | null>(null);
  const sheet = useRef<HTMLElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the graph is what the selection is looked up in
  const selected = useMemo(() => selectedLines(store.getState()), [store, graph, selection]);
  const failed = useMemo(() => failureIn({ build, tree }), [build, tree]);

  useEffect(() => {
    if (!selected) return;
    // What was chosen here stands already where it is; a view that has just come knows of no place yet.
    const chosenHere = store.getState().selectionOrigin === "code";
    setCursor((known) => (chosenHere && known !== null ? known : selected[0]));
    reveal(sheet.current, selected[0]);
  }, [selected, store]);

  const chooseLine = (line: number) => {
    const inside = Math.min(Math.max(line, 1), tree.lines.lineCount);
    setCursor(inside);
    store.getState().selectLine(inside, "code");
    return inside;
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const line = (event.target as HTMLElement).closest<HTMLElement>("[data-line]")?.dataset.line;
    // Somebody who marks words to copy them does not choose a line.
    if (line && getSelection()?.isCollapsed) chooseLine(Number(line));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    reveal(sheet.current, chooseLine((cursor ?? 0) + step));
  };

  const chunks = Math.ceil(tree.lines.lineCount / CHUNK_LINES);
  return (
    <CodeFrame cursor={cursor === null ? null : { line: cursor, column: 1 }}>
      <section
        ref={sheet}
        className={`${styles.light} nokey`}
        aria-label="Text of the Dockerfile"
        data-testid="code-view"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        style={{ "--number-chars": numberChars(tree.lines.lineCount) } as CSSProperties}
        onClick={onClick}
        onKeyDown={onKeyDown}
      >
        <pre className={styles.sheet}>
          {Array.from({ length: chunks }, (_, index) => {
            const first = index * CHUNK_LINES + 1;
            const last = Math.min(tree.lines.lineCount, first + CHUNK_LINES - 1);
            return (
              <CodeChunk
                key={first}
                tree={tree}
                first={first}
                last={last}
                selected={within(selected, first, last)}
                failed={within(failed?.lines ?? null, first, last)}
                failure={failed?.note}
              />
            );
          })}
        </pre>
      </section>
    </CodeFrame>
  );
}

/** As "from-to", or undefined outside the chunk: a string, so that chunks that it does not touch draw nothing anew. */
function within(lines: Lines | null, first: number, last: number): string | undefined {
  if (!lines || lines[1] < first || lines[0] > last) return undefined;
  return `${lines[0]}-${lines[1]}`;
}

const LINE_HEIGHT = 21;

/** Scrolls a line into view where it is not; the focus stays where it is. */
function reveal(sheet: HTMLElement | null, line: number) {
  if (!sheet) return;
  const top = (line - 1) * LINE_HEIGHT;
  const hidden = top < sheet.scrollTop || top + 2 * LINE_HEIGHT > sheet.scrollTop + sheet.clientHeight;
  if (hidden) sheet.scrollTo({ top: Math.max(0, top - sheet.clientHeight / 3), behavior: "smooth" });
}
