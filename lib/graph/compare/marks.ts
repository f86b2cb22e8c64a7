/** What became of a thing, as a sign and as a word: colour only adds to them. */
import type { Mark } from "./types";

export const SIGNS: Readonly<Record<Mark, string>> = {
  same: "",
  added: "+",
  removed: "−",
  changed: "~",
  moved: "↕",
};

export const WORDS: Readonly<Record<Mark, string>> = {
  same: "the same",
  added: "added",
  removed: "removed",
  changed: "changed",
  moved: "moved",
};
