/** One store a document: what it holds and what can be done with it. Made by ./document-store. */
import type * as Y from "yjs";
import type { BuildState, StepStatus } from "../build/state";
import type { StepReason } from "../build/why";
import type { Diagnostic, Dockerfile, DockerfileEdit, EditResult } from "../dockerfile";
import type { GraphEdge, StageGraph, StageId } from "../graph/types";
import type { TextEdit } from "../text";
import type { ContextSlice } from "./context-slice";
import type { ForecastSlice } from "./forecast-slice";
import type {
  BuildOptions,
  BuildSummary,
  ContextSummary,
  FileFormat,
  HostList,
  HostView,
  Rights,
} from "./wire";

/** One thing is selected, everywhere: card, row, edge, lines, problem, log, timeline bar. */
export type Selection =
  | { kind: "none" }
  | { kind: "stage"; stage: StageId }
  /** A row, or several that follow each other: from where the selection was begun to where it was led. */
  | { kind: "instruction"; stage: StageId; instruction: number; anchor?: number }
  | { kind: "edge"; edge: GraphEdge["id"] }
  | { kind: "image"; image: string }
  /** An ARG before the first FROM, by name. */
  | { kind: "argument"; argument: string };

/** Where a selection came from: the pane that made it does not scroll to it. */
export type SelectionOrigin = "canvas" | "code" | "build" | "palette";

export interface Point {
  x: number;
  y: number;
}

export type SaveState = "saved" | "saving" | "offline" | "refused";

/** One step of the history, to be compared only. */
export type HistoryStep = object;

export interface TextSlice {
  text: string;
  tree: Dockerfile;
  /** What checks find, beside `tree.diagnostics`. A moment behind the text, but at the right words. */
  findings: readonly Diagnostic[];
  /** They are of some text of this document; those of a large one are not yet, as it is opened. */
  checked: boolean;
  graph: StageGraph;
  /** Stage ids by index of `tree.stages`. */
  stageIds: StageId[];
  canUndo: boolean;
  canRedo: boolean;
  /** Says what an edit would do, without doing it. */
  plan(edit: DockerfileEdit): EditResult;
  /** Does it, as one step of the history; a refusal changes nothing. Selects what the edit says. */
  apply(edit: DockerfileEdit): EditResult;
  /** The same for several: each is planned on what those before it leave, and its indices are of that. */
  planAll(edits: readonly DockerfileEdit[]): EditResult;
  /** Does all or none of them, as one step; as part of `within`, where that is still the last step of the history. */
  applyAll(edits: readonly DockerfileEdit[], within?: HistoryStep | null): EditResult;
  /** What undo would take back, for a form to join what it was opened by. */
  lastStep(): HistoryStep | null;
  /** Replaces the whole text (open file, paste) by the smallest edit, as one step. */
  replaceText(text: string): void;
  /** Writes edits of the present text (sorted, disjoint) as one step: a fix, formatting. */
  applyEdits(edits: readonly TextEdit[]): void;
  undo(): void;
  redo(): void;
  /** Everything that is done becomes one step of the history; part of `within`, where that is still the last step. */
  asOneStep(deed: () => void, within?: HistoryStep | null): void;
}

export interface LayoutSlice {
  /** Where every node stands: chosen by a person, or by the automatic layout. By node id (StageId or image:<ref>). */
  positions: Readonly<Record<string, Point>>;
  /** As a person's deed: saved with the document, undoable. */
  placeNodes(places: Readonly<Record<string, Point>>): void;
  /** By the automatic layout when it first places nodes: saved, not an undo step of its own. */
  settleNodes(places: Readonly<Record<string, Point>>): void;
  collapsed: Readonly<Record<string, boolean>>;
  setCollapsed(id: string, collapsed: boolean): void;
  /** Every stage, as one step. */
  setAllCollapsed(collapsed: boolean): void;
}

export interface SelectionSlice {
  selection: Selection;
  selectionOrigin: SelectionOrigin;
  select(selection: Selection, origin: SelectionOrigin): void;
  /** The instruction (or nothing) at a 1-based line; all from the one at `anchor` on, where that is in the same stage. */
  selectLine(line: number, origin: SelectionOrigin, anchor?: number): void;
}

export interface DocumentSlice {
  id: string;
  title: string;
  format: FileFormat;
  rights: Rights;
  /** May have the host read what built stages hold. */
  mayLook: boolean;
  save: SaveState;
  /** Why, where save is "refused" or "offline". */
  saveProblem: string | null;
  setTitle(title: string): void;
  /** Line ending and BOM of the file that the text came from. */
  setFormat(format: FileFormat): void;
  /** Id of the lesson that is taken on it. */
  lesson: string | null;
  /** Null ends it; what was made stays. */
  setLesson(id: string | null): void;
  context: ContextSummary | null;
  setContext(context: ContextSummary | null): void;
}

export interface HeldKey {
  /** Of the file; null where it was pasted. */
  name: string | null;
  content: Uint8Array;
  /** What it is locked by; "" where it is not, or that was not said yet. */
  passphrase: string;
}

export interface BuildSlice {
  /** Every build host, as it was last seen; null while nobody has said. */
  hosts: HostList | null;
  /** The one that a build goes to by the options. */
  host: HostView | null;
  options: BuildOptions;
  setOptions(options: Partial<BuildOptions>): void;
  /** Values by id, in this page's memory only: never in the shared document. */
  secrets: ReadonlyMap<string, Uint8Array>;
  /** Null forgets it. */
  setSecret(id: string, value: Uint8Array | null): void;
  /** Private ssh keys by id, held like secrets. */
  sshKeys: ReadonlyMap<string, readonly HeldKey[]>;
  /** None forgets the id. */
  setSshKeys(id: string, keys: readonly HeldKey[]): void;
  /**
   * The build on show, live or stored; null where there is none. Its stages and places are those of the text as it is
   * NOW: `state.stages` is indexed like `tree.stages`, whatever was edited since the build.
   */
  build: {
    summary: BuildSummary;
    /** Of one platform, in a build for several. */
    state: BuildState;
    reasons: readonly StepReason[];
    /** How far each platform is, and which of them `state` tells of; absent in a build for one. */
    platforms?: { shown: string; all: readonly { name: string; status: StepStatus }[] };
  } | null;
  /** Which of its platforms is to be shown, until another build is. */
  showPlatform(platform: string): void;
  /** Why the last wish to build, stop or attach was not granted. */
  buildProblem: {
    message: string;
    hint?: string | undefined;
    /** Another build of the document is in the way, and may be stopped for this one. */
    mayReplace?: boolean;
  } | null;
  history: BuildSummary[];
  /** With `replace`, what is under way of the document is stopped first. */
  startBuild(replace?: boolean): Promise<void>;
  stopBuild(): Promise<void>;
  showBuild(id: string): Promise<void>;
  /** Adds the build of a record to the history, and shows it. */
  importBuild(file: Blob): Promise<void>;
  clearBuildProblem(): void;
}

export interface ViewSlice {
  /** Tab of the build panel; "overview" is on the page of a build alone. */
  panel: "overview" | "timeline" | "logs" | "sizes" | "files" | "problems" | "history" | "context";
  setPanel(panel: ViewSlice["panel"]): void;
  /** Another object each time that somebody elsewhere on the page asks for a tab of the build panel; null before. */
  panelAsked: object | null;
  /** Shows a tab, and the build panel where that is folded away. */
  showPanel(panel: ViewSlice["panel"]): void;
  /** Stage whose log is shown alone; null for all, merged. */
  logStage: StageId | null;
  setLogStage(stage: StageId | null): void;
  /** Stage whose files are looked at; null before. */
  files: { stage: StageId } | null;
  /** Shows them in the build panel. */
  openFiles(stage: StageId): void;
}

export type DocumentStore = TextSlice &
  LayoutSlice &
  SelectionSlice &
  DocumentSlice &
  ContextSlice &
  BuildSlice &
  ForecastSlice &
  ViewSlice;

/** What Monaco's binding needs beside the store. */
export interface SharedText {
  doc: Y.Doc;
  text: Y.Text;
  undoManager: Y.UndoManager;
}
