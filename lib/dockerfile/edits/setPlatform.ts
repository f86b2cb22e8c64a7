import { DEFAULT_PLATFORM, parsePlatform } from "../platform";
import type { Dockerfile, Instruction } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { removeFlag } from "./flag";
import { shapeOf } from "./shape";

/** Writes, changes or (with null) takes away the --platform of a stage. */
export function setPlatform(
  tree: Dockerfile,
  edit: { stage: number; platform: string | null },
): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  if (stage === undefined) return refuse("There is no such stage.");
  const from = stage.instructions[0] as Instruction;
  const index = from.flags.findIndex((flag) => flag.name === "platform");
  const flag = from.flags[index];
  const done = { notes: [], expected: { shape: shapeOf(tree) }, select: { stage: stage.index } };
  if (edit.platform === null || edit.platform === "") {
    return { ...done, edits: flag === undefined ? [] : [removeFlag(tree, from, index)] };
  }
  const reason = problemOf(edit.platform);
  if (reason !== null) return refuse(reason);
  if (flag !== undefined) {
    const text =
      flag.valueRange === null
        ? { ...flag.range, text: `--platform=${edit.platform}` }
        : { ...flag.valueRange, text: edit.platform + flag.closing };
    return { ...done, edits: [text] };
  }
  if (stage.baseText === "") return refuse("The FROM line of this stage names no image yet.");
  const { start } = stage.baseRange;
  return { ...done, edits: [{ start, end: start, text: `--platform=${edit.platform} ` }] };
}

function problemOf(platform: string): string | null {
  if (/[\s"'\\`]/.test(platform)) return `"${platform}" is no platform.`;
  if (platform.includes("$")) return null; // known only to a build
  const parsed = parsePlatform(platform, DEFAULT_PLATFORM);
  return "error" in parsed
    ? `"${platform}" is no platform: it reads os/architecture, as in linux/arm64.`
    : null;
}
