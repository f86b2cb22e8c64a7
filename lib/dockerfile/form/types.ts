/** The fields that an instruction's text reads as. */

/** `NAME=value`; null without `=`. */
export interface Pair {
  name: string;
  value: string | null;
}

interface Common {
  /** as "chown"; no two of a form are the same */
  id: string;
  label: string;
  /** what to know of it, in a line */
  hint?: string;
  /** why it cannot be edited here: the text says more than the field could */
  beyond?: string;
}

export type Field = Common &
  (
    | { kind: "text"; value: string; suggestions?: readonly string[] }
    /** may have several lines, as written */
    | { kind: "command"; value: string }
    | { kind: "words"; value: readonly string[]; suggestions?: readonly string[] }
    | { kind: "pairs"; value: readonly Pair[]; optional: boolean }
    /** directories of cache mounts */
    | { kind: "caches"; value: readonly string[]; suggestions: readonly CacheSuggestion[] }
    | { kind: "choice"; value: string; choices: readonly { value: string; label: string }[] }
    | { kind: "switch"; value: boolean }
  );

export type FieldValue = Field["value"];

/** A directory worth keeping between builds, for a tool that a command runs. */
export interface CacheSuggestion {
  tool: string;
  target: string;
  /** `locked` where the tool does not bear company */
  sharing?: "locked";
}

export interface Form {
  /** upper case; null where the text is no instruction yet */
  keyword: string | null;
  fields: readonly Field[];
  /** what of the text no field shows, in plain words */
  beyond: readonly string[];
}
