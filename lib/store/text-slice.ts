/** Text, tree, graph and history. The text is the only truth; the rest follows from it here and nowhere else. */
import { type DockerfileEdit, type EditResult, parseDockerfile, planEdits, reparse } from "../dockerfile";
import { buildGraph, EMPTY_GRAPH } from "../graph/graph";
import { moveStages, type TrackedStage, trackStages } from "../graph/identity";
import type { StageId } from "../graph/types";
import { isPlaced, offsetOfAnchor } from "../share/places";
import { diffToEdit, type TextEdit } from "../text";
import type { GetStore, SetStore } from "./document-store";
import { type CheckElsewhere, createFindings } from "./findings";
import { graphShown } from "./graph-shown";
import { ONLY_READ } from "./read-slices";
import { DEED, deltaToEdits, type SharedDocument, writeEdits } from "./shared-text";
import type { HistoryStep, TextSlice } from "./types";
import type { BuildOptions } from "./wire";

export interface TextParts extends TextSlice {
  /** Works out the findings now: what they depend on beside the text has changed. */
  check(): void;
  /** Draws the graph anew: the build options that it shows have changed. */
  redraw(): void;
}

export function createTextSlice(
  shared: SharedDocument,
  set: SetStore,
  get: GetStore,
  newId: () => string,
  options: BuildOptions,
  elsewhere?: CheckElsewhere,
): TextParts {
  const { doc, text, positions, undoManager } = shared;
  let tracked: TrackedStage[] = [];
  /** Stages that broken text has lost for the moment; they come back as themselves when it is mended. */
  let lost: TrackedStage[] = [];

  /** Stages that have a place in the document; where they are in the text as it is now. */
  const remembered = (): TrackedStage[] =>
    [...positions.entries()].flatMap(([id, place]) =>
      isPlaced(place) && place.ref === undefined
        ? [
            {
              id,
              start: offsetOfAnchor(doc, place.anchor),
              name: place.name ?? null,
              index: place.index ?? -1,
            },
          ]
        : [],
    );

  let tree = parseDockerfile(text.toString());

  /** The picture of the text alone; what is shown has the build options put in. */
  let plain = EMPTY_GRAPH;
  let stageIds: StageId[] = [];

  /** `edits` are what the shared text went through since it was `tree.source`. */
  const derive = (edits: readonly TextEdit[], options: BuildOptions) => {
    tree = reparse(tree, edits);
    const found = tree.stages.map(({ range, name, index }) => ({ start: range.start, name, index }));
    const before = [...tracked, ...lost];
    tracked = trackStages(before, edits, remembered, found, newId);
    stageIds = keepIds(
      tracked.map(({ id }) => id),
      stageIds,
    );
    plain = buildGraph(tree, stageIds, plain);
    const present = new Set(stageIds);
    lost = plain.stale
      ? moveStages(
          before.filter(({ id }) => !present.has(id)),
          edits,
        )
      : [];
    return { text: tree.source, tree, stageIds, graph: graphShown(tree, plain, options) };
  };

  const findings = createFindings(set, get, elsewhere);
  text.observe((event) => {
    const edits = deltaToEdits(event.delta);
    set({ ...derive(edits, get().options), findings: findings.follow(edits) });
    get().keepSelection();
    get().matchBuild();
  });
  const history = () => set({ canUndo: undoManager.canUndo(), canRedo: undoManager.canRedo() });
  for (const happening of ["stack-item-added", "stack-item-popped", "stack-cleared"] as const) {
    undoManager.on(happening, history);
  }

  const lastStep = () => undoManager.undoStack.at(-1) ?? null;
  const asOneStep = (deed: () => void, within: HistoryStep | null = null) => {
    // The undo manager adds to its last step what comes soon after it.
    if (within !== null && within === lastStep()) undoManager.lastChange = Date.now();
    else undoManager.stopCapturing();
    doc.transact(deed, DEED);
    undoManager.stopCapturing();
  };

  const planAll = (edits: readonly DockerfileEdit[]): EditResult => {
    const { tree, graph, rights } = get();
    if (!rights.edit) return ONLY_READ;
    if (graph.stale) {
      const first = tree.diagnostics.find(({ severity }) => severity === "error");
      const line = first ? ` Line ${tree.lines.lineAt(first.range.start)}: ${first.message}` : "";
      return { ok: false, reason: `The text does not parse, so the canvas can't write into it now.${line}` };
    }
    return planEdits(tree, edits);
  };
  const applyAll = (edits: readonly DockerfileEdit[], within?: HistoryStep | null): EditResult => {
    const result = planAll(edits);
    if (!result.ok) return result;
    asOneStep(() => writeEdits(text, result.edits), within);
    const id = result.select && get().stageIds[result.select.stage];
    if (result.select && id !== undefined) {
      const instruction = result.select.instruction;
      get().select(
        instruction ? { kind: "instruction", stage: id, instruction } : { kind: "stage", stage: id },
        "canvas",
      );
    }
    return result;
  };

  const first = derive([], options);
  return {
    ...first,
    ...findings.first(first.tree, options),
    canUndo: false,
    canRedo: false,
    plan: (edit) => planAll([edit]),
    planAll,
    apply: (edit) => applyAll([edit]),
    applyAll,
    lastStep,
    replaceText(next) {
      const edit = diffToEdit(text.toString(), next);
      if (edit) asOneStep(() => writeEdits(text, [edit]));
    },
    applyEdits(edits) {
      if (get().rights.edit && edits.length > 0) asOneStep(() => writeEdits(text, edits));
    },
    undo: () => void undoManager.undo(),
    redo: () => void undoManager.redo(),
    asOneStep,
    check: findings.check,
    redraw() {
      const graph = graphShown(tree, plain, get().options);
      if (graph !== get().graph) {
        set({ graph });
        get().keepSelection();
      }
    },
  };
}

/** The list of before where it says the same: most edits add no stage and take none away. */
const keepIds = (ids: StageId[], before: StageId[]): StageId[] =>
  ids.length === before.length && ids.every((id, at) => id === before[at]) ? before : ids;
