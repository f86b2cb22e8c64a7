"use client";
/** The files in sight, of any number: every row is as high as every other, so that only those in sight are drawn. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { FileRow } from "./file-row";
import styles from "./files.module.css";
import { nameOf, type TreeRow } from "./tree-rows";

export const ROW_HEIGHT = 26;
/** Rows drawn beyond the edges, so that a quick scroll finds them there. */
const BEYOND = 12;

interface Props {
  rows: readonly TreeRow[];
  label: string;
  /** Whole paths in place of names, where folders are not shown. */
  flat: boolean;
  /** Words of a layer, for the pointer. */
  layerOf(layer: number): string;
  toggle(path: string, open: boolean): void;
  more(folder: string): void;
}

export function FileTree({ rows, label, flat, layerOf, toggle, more }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(300);
  const [current, setCurrent] = useState(0);
  const at = Math.max(0, Math.min(current, rows.length - 1));
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - BEYOND);
  const last = Math.min(rows.length, Math.ceil((top + height) / ROW_HEIGHT) + BEYOND);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(index, rows.length - 1));
    setCurrent(next);
    const element = scroller.current;
    if (!element) return;
    const above = next * ROW_HEIGHT;
    if (above < element.scrollTop) element.scrollTop = above;
    else if (above + ROW_HEIGHT > element.scrollTop + element.clientHeight)
      element.scrollTop = above + ROW_HEIGHT - element.clientHeight;
  };
  const act = (row: TreeRow | undefined) => {
    if (row?.kind === "more") more(row.folder);
    if (row?.kind === "entry" && row.entry.children > 0 && !flat) toggle(row.entry.path, !row.open);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at];
    const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
    const steps: Record<string, () => void> = {
      ArrowDown: () => goTo(at + 1),
      ArrowUp: () => goTo(at - 1),
      PageDown: () => goTo(at + page),
      PageUp: () => goTo(at - page),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      Enter: () => act(row),
      " ": () => act(row),
      ArrowRight: () => (row?.kind === "entry" && row.open ? goTo(at + 1) : act(row)),
      ArrowLeft: () => (row?.kind === "entry" && row.open ? act(row) : goTo(parentOf(rows, at))),
    };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step();
  };

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={at >= first && at < last ? idOf(at) : undefined}
      onKeyDown={onKeyDown}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      data-testid="file-tree"
    >
      <div role="presentation" style={{ height: rows.length * ROW_HEIGHT, position: "relative" }}>
        {rows.slice(first, last).map((row, nth) => {
          const index = first + nth;
          return (
            <FileRow
              key={keyOf(row)}
              id={idOf(index)}
              row={row}
              name={row.kind === "entry" ? (flat ? row.entry.path : nameOf(row.entry.path)) : ""}
              flat={flat}
              top={index * ROW_HEIGHT}
              current={index === at}
              layerOf={layerOf}
              onPress={() => {
                setCurrent(index);
                act(row);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

const idOf = (index: number) => `stage-file-${index}`;
const keyOf = (row: TreeRow) => (row.kind === "entry" ? `/${row.entry.path}` : `${row.kind} ${row.folder}`);

/** The row of the folder that a row is in. */
function parentOf(rows: readonly TreeRow[], at: number): number {
  const depth = rows[at]?.depth ?? 0;
  for (let index = at - 1; index >= 0; index--) if (rows[index]!.depth < depth) return index;
  return at;
}
