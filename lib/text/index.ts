/** Text edits as an algebra, and lines. Knows nothing of Dockerfiles; everything here is a pure function of its arguments. */
export { type AlignedPair, alignLists } from "./align";
export { composeEdits } from "./compose";
export { diffLines } from "./diff-lines";
export {
  applyEdits,
  diffToEdit,
  invertEdits,
  normaliseEdits,
  type TextEdit,
  type TextRange,
} from "./edits";
export { LineIndex, type Position } from "./lines";
export { OffsetMap } from "./offsets";
export { countWhile } from "./search";
