import type { TextEdit } from "../../text";
import { toLower } from "../characters";
import type { Dockerfile, Instruction, Stage } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { lineEnding, removeLines } from "./layout";
import { shapeOf } from "./shape";

/** Writes, changes or takes away what a stage is said to be: `# NAME text` above its FROM (BuildKit's getComment). */
export function describeStage(
  tree: Dockerfile,
  edit: { stage: number; text: string | null },
): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  if (stage === undefined) return refuse("There is no such stage.");
  const wanted = edit.text?.trim() || null;
  if (wanted !== null && /[\r\n]/.test(wanted)) return refuse("A description is one line.");
  if (stage.name === null) return refuse("Give the stage a name first: a description begins with it.");
  return {
    edits: wanted === stage.comment ? [] : [editFor(tree, stage, stage.name, wanted)],
    notes: [],
    expected: {
      shape: shapeOf(tree),
      test: (after) =>
        after.stages[edit.stage]?.comment === wanted ? null : "it would not be read as a description",
    },
    select: { stage: stage.index },
  };
}

function editFor(tree: Dockerfile, stage: Stage, name: string, wanted: string | null): TextEdit {
  const from = stage.instructions[0] as Instruction;
  const { lines, source } = tree;
  for (let line = from.startLine - 1; line > 0; line--) {
    const start = lines.lineStart(line);
    const end = lines.lineEnd(line);
    const [, mark, comment] = /^(\s*#\s*)(.*)$/.exec(source.slice(start, end)) ?? [];
    if (mark === undefined || comment === undefined) break;
    if (!comment.startsWith(`${name} `) && !toLower(comment).startsWith(`${name} `)) continue;
    if (wanted === null) return removeLines(tree, { start, end });
    return {
      start: start + mark.length + name.length + 1,
      end: end - (comment.endsWith("\r") ? 1 : 0),
      text: wanted,
    };
  }
  const start = lines.lineStart(from.startLine);
  const at = start === 0 && source.charCodeAt(0) === 0xfeff ? 1 : start;
  const text = `# ${name} ${wanted}${lineEnding(tree, start)}`;
  return { start: at, end: at, text };
}
