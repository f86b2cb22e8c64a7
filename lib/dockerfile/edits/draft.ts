import type { TextEdit } from "../../text";
import type { Dockerfile } from "../types";
import type { Shape } from "./shape";
import type { DockerfileEdit } from "./types";

/** What an edit would do, before it is tried. */
export interface Draft {
  edits: TextEdit[];
  notes: string[];
  select?: { stage: number; instruction?: number };
  /** what the graph must be afterwards; checked before anything is handed out */
  expected: Expectation;
}

/** A test of the tree afterwards says what is wrong with it, or null. */
type Test = (after: Dockerfile) => string | null;

/** A graph, a test, or both. */
export type Expectation = { shape: Shape; test?: Test } | { test: Test };

/** Why an edit cannot be. */
export interface Refusal {
  reason: string;
  remedy?: DockerfileEdit;
}

export function refuse(reason: string, remedy?: DockerfileEdit): Refusal {
  return remedy === undefined ? { reason } : { reason, remedy };
}
