"use client";
/**
 * The lines in sight, of any number. Every line is as high as every other, so a line's place is arithmetic: a list
 * that grows by a hundred thousand lines costs no more than one that stands still.
 */
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import type { LogView } from "@/lib/build/logs";
import { stepName } from "@/lib/build/names";
import { selectPlace } from "../select-place";
import { LogRow } from "./log-row";
import styles from "./logs.module.css";
import { failedVertices, vertexLabel } from "./vertex-words";

export const LINE_HEIGHT = 18;
/** Pixels left free beneath the last line. */
const FOOT = 6;
/** Lines drawn beyond the edges, so that a quick scroll finds them there. */
const BEYOND = 24;

export interface LogLinesHandle {
  toEnd(): void;
  /** Brings the line to the middle; gives up following. */
  toLine(index: number): void;
}

interface Props {
  view: LogView;
  /** Of the log: what makes it draw again. */
  version: number;
  widest: number;
  following: boolean;
  onFollowing(following: boolean): void;
  /** Number of the line that the search stands on. */
  current: number | null;
  find: string;
  handle: React.Ref<LogLinesHandle>;
}

export function LogLines(props: Props) {
  const { view, version, widest, following, onFollowing, current, find, handle } = props;
  const store = useDocumentStore();
  const graph = useDocument((state) => state.graph);
  const failed = useDocument((state) => failedVertices(state.build?.state));
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(300);
  const lastTop = useRef(0);
  const dropped = useRef(view.dropped);
  const length = view.length;
  const whole = length * LINE_HEIGHT + FOOT;
  const inSight = Math.ceil(height / LINE_HEIGHT);
  // The first line that is wholly in sight.
  const topLine = Math.ceil(Math.max(0, following ? whole - height : top) / LINE_HEIGHT);
  // Nobody scrolls while the log scrolls itself.
  const beyond = following ? 4 : BEYOND;
  const first = Math.max(0, Math.min(topLine, length - inSight) - beyond);
  const last = Math.min(length, topLine + inSight + beyond);
  // Rows are used again for other lines: in a log that runs past, that is far cheaper than new ones.
  const pool = inSight + 2 * beyond;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each version of the log moves its end
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // Lines that left the page's memory above: what is read stays where it is read.
    const gone = view.dropped - dropped.current;
    dropped.current = view.dropped;
    if (following) element.scrollTop = element.scrollHeight;
    else if (gone > 0) element.scrollTop -= gone * LINE_HEIGHT;
    // Where this put it is no scrolling of a person's, though it may be further up than before.
    if (following || gone > 0) lastTop.current = element.scrollTop;
  }, [version, following, view, height]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    setHeight(element.clientHeight);
    return () => observer.disconnect();
  }, []);

  useImperativeHandle(
    handle,
    () => ({
      toEnd: () => onFollowing(true),
      toLine(index) {
        onFollowing(false);
        const element = scroller.current;
        if (!element) return;
        const middle = Math.max(0, index * LINE_HEIGHT - element.clientHeight / 2);
        lastTop.current = middle;
        element.scrollTop = middle;
        setTop(middle);
      },
    }),
    [onFollowing],
  );

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const atEnd = scrollHeight - scrollTop - clientHeight < LINE_HEIGHT;
    // Only a person scrolls up: the log itself only grows.
    if (atEnd) onFollowing(true);
    else if (scrollTop < lastTop.current - 1) onFollowing(false);
    lastTop.current = scrollTop;
    setTop(scrollTop);
  }, [onFollowing]);

  const select = useCallback(
    (vertex: string) => selectPlace(store, store.getState().build?.state.vertices[vertex]?.places[0] ?? null),
    [store],
  );

  const { build } = store.getState();
  const rows = [];
  let before: string | undefined;
  for (let index = first; index < last; index++) {
    const line = view.line(index);
    if (!line) break;
    // The first line in sight says whose it is, even where the one above it said so already.
    const labelled = line.vertex !== before || index === topLine;
    before = line.vertex;
    const vertex = build?.state.vertices[line.vertex];
    rows.push(
      <LogRow
        key={(view.dropped + index) % pool}
        text={line.text}
        vertex={line.vertex}
        label={labelled ? vertexLabel(build?.state, graph, line.vertex) : null}
        step={labelled && vertex ? stepName(vertex) : ""}
        failed={failed.includes(line.vertex)}
        current={line.number === current}
        find={find}
        onSelect={select}
      />,
    );
  }
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      onScroll={onScroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label="Build log"
    >
      <div
        className={styles.all}
        style={{ height: whole, minWidth: `calc(${widest}ch + var(--gutter) + 40px)` }}
      >
        <div className={styles.window} style={{ top: first * LINE_HEIGHT }}>
          {rows}
        </div>
      </div>
    </div>
  );
}
