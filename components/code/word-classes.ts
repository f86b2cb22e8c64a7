import type { ColouredKind } from "./document-tokens";
import styles from "./words.module.css";

/** The class that gives a word its colour. */
export function wordClass(kind: ColouredKind): string {
  return styles[kind] ?? "";
}
