import { SIGNS, WORDS } from "@/lib/graph/compare/marks";
import type { Mark } from "@/lib/graph/compare/types";
import styles from "./compare.module.css";

/** "+", and "added" for who hears it. */
export function MarkSign({ mark }: { mark: Mark }) {
  return (
    <span className={styles.sign} data-mark={mark}>
      <span aria-hidden="true">{SIGNS[mark]}</span>
      {mark !== "same" && <span className="visually-hidden">{WORDS[mark]}: </span>}
    </span>
  );
}

/** "+ added", on a card. */
export function MarkPill({ mark }: { mark: Mark }) {
  if (mark === "same") return null;
  return (
    <span className={styles.pill} data-mark={mark}>
      <span aria-hidden="true">{SIGNS[mark]}</span> {WORDS[mark]}
    </span>
  );
}

/** What it was, struck through, ahead of what it is; one of the two where there is no other. */
export function WasAndIs({ was, is }: { was: string | null; is: string | null }) {
  return (
    <>
      {was !== null && (
        <del className={styles.was} title={was}>
          <span className="visually-hidden">was </span>
          {was}
        </del>
      )}
      {is !== null && (
        <span className={styles.is} title={is}>
          {was !== null && <span className="visually-hidden">, now </span>}
          {is}
        </span>
      )}
    </>
  );
}
