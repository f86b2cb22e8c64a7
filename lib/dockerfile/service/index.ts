/**
 * What an editor asks of the language, as plain functions of a tree and an offset. Offsets are UTF-16 code units of the
 * source. Nothing here is needed to parse, edit or draw a file, so it is a door of its own.
 */
export { checkGraph, GRAPH_RULES } from "../checks/graph";
export { type Completion, completionsAt } from "./completion";
export { definitionAt, referencesAt } from "./definition";
export { findingsOf } from "./findings";
export { type Fix, fixesFor, fixFor, ignoresFor, isFixable } from "./fixes";
export { type FoldingRange, foldingRanges } from "./folding";
export { formatDockerfile } from "./format";
export { type Hover, hoverAt } from "./hover";
export { planRename, type RenameResult, renameTarget } from "./rename";
export { type DocumentSymbol, documentSymbols } from "./symbols";
export { type Variable, variableAt, variablesOf } from "./variables";
