import { LineIndex } from "../text";
import { unmovedRun } from "./node";
import { parseText } from "./parser";
import { groupStages } from "./stages";
import { Tree } from "./tree";
import type { Dockerfile } from "./types";

/**
 * Reads a Dockerfile: parser, instructions, stages and what they need of each other, each after BuildKit's own step.
 * Never throws, and takes time linear in the text. What BuildKit refuses still gives a tree, as far as something can be
 * made out, with `accepted` false, `error` in BuildKit's words, and a diagnostic for every place that is wrong.
 */
export function parseDockerfile(source: string): Dockerfile {
  const parsed = parseText(source);
  const list = groupStages(unmovedRun(parsed.instructions));
  return new Tree({ ...parsed, source, lines: new LineIndex(source) }, list);
}
