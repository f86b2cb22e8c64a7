import type { TextRange } from "../../text";
import { type ResolvedStage, resolveBuild } from "../build";
import type { EvaluateOptions } from "../evaluate";
import { flagPart } from "../flags";
import { readMount } from "../mounts";
import type { InstructionNode } from "../node";
import { describedBy } from "../stages";
import type { Dockerfile, Stage, StageReference } from "../types";
import { stageAt } from "./definition";
import {
  DIRECTIVES,
  FLAGS,
  INSTRUCTIONS,
  MOUNT_ALIASES,
  MOUNT_KEYS,
  MOUNT_TYPES,
  PREDEFINED,
} from "./explanations";
import { holds, innermost, instructionAt, referenceAt } from "./place";
import { expandedBase, valuesAt } from "./values";
import { type Variable, variableAt, variablesOf } from "./variables";

export interface Hover {
  range: TextRange;
  /** Markdown; code blocks are tagged `dockerfile` or not at all */
  text: string;
}

/** What is to be said about the word at an offset: what it does, what it means, what it is worth; or null. */
export function hoverAt(tree: Dockerfile, offset: number, options: EvaluateOptions = {}): Hover | null {
  const directive = tree.directives.find((each) => holds(each.range, offset));
  if (directive !== undefined) return { range: directive.range, text: DIRECTIVES[directive.name] ?? "" };
  const outer = instructionAt(tree, offset);
  if (outer === null) return null;
  const node = innermost(outer, offset);
  return (
    ofKeyword(node, offset) ??
    ofVariable(tree, outer, offset, options) ??
    ofStage(tree, offset, options) ??
    ofImage(tree, offset, options) ??
    ofFlag(node, offset)
  );
}

function ofKeyword(node: InstructionNode, offset: number): Hover | null {
  const known = INSTRUCTIONS[node.keyword];
  if (known === undefined || !holds(node.keywordRange, offset)) return null;
  return { range: node.keywordRange, text: `${fence(known.form)}\n${known.text}` };
}

function ofVariable(
  tree: Dockerfile,
  node: InstructionNode,
  offset: number,
  options: EvaluateOptions,
): Hover | null {
  const found = variableAt(tree, offset);
  const word =
    found === null
      ? variablesOf(tree).free.find((each) => holds(each.range, offset))
      : { name: found.variable.name, range: found.place.range };
  if (word === undefined) return null;
  const { name, range } = word;
  const value = valuesAt(tree, node, options).get(name);
  const lines = [value === undefined ? `\`${name}\` has no value here.` : worth(name, value)];
  const meaning = PREDEFINED[name];
  if (found !== null) {
    const { declaration } = found.place;
    const keyword = instructionAt(tree, declaration.start)?.keyword ?? "ARG";
    const description = descriptionOf(tree, found.variable, declaration.start);
    if (description !== null) lines.push(description);
    if (found.place.role === "use")
      lines.push(`Set by ${keyword} in line ${tree.lines.lineAt(declaration.start)}.`);
    if (keyword === "ARG" && value === undefined) lines.push("`--build-arg` can give it one.");
  } else if (meaning !== undefined) lines.push(meaning);
  else if (value !== undefined) lines.push("From the base image.");
  else lines.push("Nothing in this stage declares it; the base image may set it.");
  return { range, text: lines.join("\n\n") };
}

/** What a comment above an ARG says of it: above this one, else above the first that says anything. */
function descriptionOf(tree: Dockerfile, { name, places }: Variable, nearest: number): string | null {
  const declared = places.filter(({ role }) => role === "declaration").map(({ range }) => range.start);
  for (const start of [nearest, ...declared]) {
    const node = instructionAt(tree, start);
    const said = node?.keyword === "ARG" ? describedBy(node.comments, name) : null;
    if (said !== null) return said;
  }
  return null;
}

function worth(name: string, value: string): string {
  return fence(`${name}=${value.length > 300 ? `${value.slice(0, 299)}…` : value}`);
}

function ofStage(tree: Dockerfile, offset: number, options: EvaluateOptions): Hover | null {
  const stage = stageAt(tree, offset);
  if (stage === null) return null;
  const range =
    stage.nameRange && holds(stage.nameRange, offset) ? stage.nameRange : referenceAt(tree, offset)?.range;
  if (range === undefined) return null;
  return { range, text: describeStage(tree, stage, options) };
}

function describeStage(tree: Dockerfile, stage: Stage, options: EvaluateOptions): string {
  const users = new Set(tree.edges.filter(({ from }) => from === stage.index).map(({ to }) => to));
  const called = [...users].map((index) => tree.stages[index]?.name ?? `stage ${index}`);
  const isLast = stage.index === tree.stages.length - 1;
  const lines = [
    `${stage.name === null ? `Stage ${stage.index}` : `Stage **${stage.name}**`} on \`${expandedBase(tree, stage, options)}\`, line ${tree.lines.lineAt(stage.range.start)}.`,
  ];
  if (stage.comment) lines.push(stage.comment);
  const { replacedBy } = resolveBuild(tree, options).stages[stage.index] as ResolvedStage;
  if (replacedBy !== null)
    lines.push(`This build takes \`${replacedBy.source}\` in its place: none of its instructions runs.`);
  if (called.length > 0) lines.push(`Used by ${called.join(", ")}.`);
  else lines.push(isLast ? "The last stage: what a build makes by default." : "No other stage uses it.");
  return lines.join("\n\n");
}

function ofImage(tree: Dockerfile, offset: number, options: EvaluateOptions): Hover | null {
  const reference = referenceAt(tree, offset);
  if (reference === null) return null;
  const { range, target } = reference;
  if (target.kind === "scratch") return { range, text: "`scratch`: nothing at all. The stage begins empty." };
  if (target.kind !== "image") return null;
  const stage = tree.stages[reference.instruction.stage ?? -1];
  const ref =
    reference.kind === "from" && stage !== undefined ? expandedBase(tree, stage, options) : target.ref;
  const context = contextFor(tree, reference, options);
  const origin =
    context === null ? "Image from a registry." : `This build takes \`${context}\` in its place.`;
  return { range, text: `${fence(ref)}\n${origin}` };
}

/** The source of a named context that stands in for an image, or null. */
function contextFor(
  tree: Dockerfile,
  { kind, instruction, range }: StageReference,
  options: EvaluateOptions,
): string | null {
  const stage = tree.stages[instruction.stage ?? -1];
  const resolved = resolveBuild(tree, options).stages[instruction.stage ?? -1];
  if (stage === undefined || resolved === undefined) return null;
  const uses = kind === "copy" ? stage.copies : stage.mounts;
  const sources = kind === "copy" ? resolved.copies : resolved.mounts;
  const source =
    kind === "from" ? resolved.base : sources[uses.findIndex((use) => use.range.start === range.start)];
  return source?.kind === "context" ? source.context.source : null;
}

function ofFlag(node: InstructionNode, offset: number): Hover | null {
  const index = node.flags.findIndex((each) => holds(each.range, offset));
  const flag = node.flags[index];
  if (flag === undefined) return null;
  if (flag.name === "mount" && flag.valueRange !== null && holds(flag.valueRange, offset)) {
    return ofMount(node, index, offset);
  }
  const text = FLAGS[node.keyword]?.[flag.name];
  return text === undefined ? null : { range: flag.range, text: `\`--${flag.name}\`: ${text}` };
}

function ofMount(node: InstructionNode, index: number, offset: number): Hover | null {
  const flag = node.rawFlags[index];
  if (flag === undefined) return null;
  const value = "--mount=".length;
  const mount = readMount(flag.word.slice(value));
  if ("error" in mount) return null;
  for (const option of mount.options) {
    const part = flagPart(flag, value + option.keyStart, value + option.valueEnd);
    const range = node.line.range(part.start, part.end);
    if (!holds(range, offset)) continue;
    const key = MOUNT_ALIASES[option.key] ?? option.key;
    const type = key === "type" && option.value !== null ? MOUNT_TYPES[option.value] : undefined;
    const text = type ?? MOUNT_KEYS[key]?.text;
    return text === undefined ? null : { range, text: `\`${type ? `type=${option.value}` : key}\`: ${text}` };
  }
  return null;
}

function fence(text: string): string {
  return `\`\`\`dockerfile\n${text.replaceAll("```", "'''")}\n\`\`\``;
}
