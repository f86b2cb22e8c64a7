"use client";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { Change } from "@/lib/graph/compare/changes";
import { SIGNS, WORDS } from "@/lib/graph/compare/marks";
import styles from "./compare.module.css";

/** Every change in words, in the order of the file: what the graph shows, to be read and stepped through. */
export function ChangeList(props: {
  changes: readonly Change[];
  /** Index of the one that is looked at; -1 for none. */
  current: number;
  onChoose(index: number): void;
  sameText: boolean;
}) {
  const { changes, current, onChoose, sameText } = props;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const item = list.current?.children[current];
    item?.scrollIntoView({ block: "nearest" });
    // Who steps within the list goes along with it.
    if (item && list.current?.contains(document.activeElement)) item.querySelector("button")?.focus();
  }, [current]);

  if (changes.length === 0) {
    return (
      <p className={styles.nothing}>
        {sameText
          ? "The two texts are the same."
          : "Both make the same graph: only white space, line breaks or comments differ."}
      </p>
    );
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const last = changes.length - 1;
    const to = {
      ArrowDown: Math.min(last, current + 1),
      ArrowUp: Math.max(0, current - 1),
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onChoose(to);
  };
  return (
    <ol ref={list} className={styles.changes} onKeyDown={onKeyDown} data-testid="change-list">
      {changes.map((change, index) => (
        <li key={change.id}>
          <button
            type="button"
            className={styles.change}
            data-mark={change.mark}
            aria-current={index === current || undefined}
            tabIndex={index === Math.max(0, current) ? 0 : -1}
            onClick={() => onChoose(index)}
          >
            <span className={styles.sign} aria-hidden="true">
              {SIGNS[change.mark]}
            </span>
            <span className={styles.what}>
              <span className={styles.place}>
                {change.what} <span className={styles.word}>{WORDS[change.mark]}</span>
              </span>
              <Says {...change} />
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** What it said and says. */
function Says({ was, is }: Pick<Change, "was" | "is">) {
  return (
    <>
      {was !== null && (
        <del className={styles.was}>
          <span className="visually-hidden">was </span>
          {was}
        </del>
      )}
      {is !== null && (
        <span className={styles.is}>
          {was !== null && <span className="visually-hidden">, now </span>}
          {is}
        </span>
      )}
    </>
  );
}
