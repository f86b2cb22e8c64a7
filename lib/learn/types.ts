/** A lesson: a document to begin with, and tasks whose goals are looked up in what somebody made of it. */
import type { BuildState } from "../build/state";
import type { StageGraph } from "../graph/types";

/** A build that is kept, as far as a goal asks for it. */
export interface PastBuild {
  status: string;
  /** `target` is a stage's index; null is the last. */
  options: { target: number | null; everyStage: boolean };
  /** Bytes by stage index, as far as known. */
  sizes: Readonly<Record<string, number>>;
}

/** All that a goal may look at. */
export interface Facts {
  graph: StageGraph;
  /** Newest first. */
  builds: readonly PastBuild[];
  /** The build on show, its steps at the instructions of the text as it is now. */
  build: BuildState | null;
}

export interface Task {
  title: string;
  /** What to do and why, in a sentence or two. */
  text: string;
  /** How, to the letter, for whoever asks. */
  hint: string;
  /** Whether it is done. It is asked anew after each change, so it must still hold once later tasks are done too. */
  goal(facts: Facts): boolean;
}

export interface Lesson {
  /** Kept in documents: never given to another lesson. */
  id: string;
  title: string;
  /** What one knows afterwards. */
  summary: string;
  /** Folder of `examples/` whose files are its build context. */
  template: string;
  /** What the document begins with; null is the template's own Dockerfile. */
  dockerfile: string | null;
  tasks: readonly Task[];
  /** What it came to, in figures where there are any; shown once all is done. */
  result(facts: Facts): string;
}
