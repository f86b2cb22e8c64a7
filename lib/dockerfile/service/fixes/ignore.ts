/** Switching a check off where it is not meant: `# check=skip=` for an instruction, or for the whole file. */
import { applyEdits, type TextEdit } from "../../../text";
import { skipSpace } from "../../characters";
import { type CheckConfig, DEFAULT_CONFIG, fileConfig, isOn, withComments } from "../../checks/config";
import { RULES } from "../../checks/rules";
import { matchDirective } from "../../directives";
import { planEdit } from "../../edits";
import { lineEnding } from "../../edits/layout";
import type { InstructionNode } from "../../node";
import { parseDockerfile } from "../../parse";
import type { Diagnostic, Dockerfile } from "../../types";
import { type Fix, nodeOf } from "./fix";

/**
 * What no comment above the place of a finding counts for: what BuildKit looks at as a whole, and what it says of an earlier
 * instruction when it comes to a later one.
 */
const NOT_HERE = new Set([
  ...RULES.filter((rule) => rule.file !== undefined).map(({ name }) => name),
  "MultipleInstructionsDisallowed",
]);
/** At a FROM, these speak of what its base holds back. */
const OF_STEPS = new Set(RULES.filter((rule) => rule.step !== undefined).map(({ name }) => name));

/**
 * The ways to keep quiet about a finding, the narrower first. Only such as then do: a comment at the top of a file would be
 * a directive, and an option that cannot be read is nobody's to add to. None for what the parser says.
 */
export function ignoresFor(tree: Dockerfile, finding: Diagnostic): Fix[] {
  if (finding.severity === "error" || !/^[A-Za-z]+$/.test(finding.code)) return [];
  if (!("skip" in fileConfig(tree.source))) return [];
  const found = [forInstruction(tree, finding), forFile(tree, finding)];
  return found.filter((each) => each !== null);
}

function forInstruction(tree: Dockerfile, { code, range }: Diagnostic): Fix | null {
  const node = nodeOf(tree, { range } as Diagnostic);
  if (node === null || NOT_HERE.has(code) || isExperimental(code)) return null;
  if (node.keyword === "FROM" && OF_STEPS.has(code)) return null;
  const edit = optionAbove(tree, node, code) ?? lineAbove(tree, node, code);
  const after = parseDockerfile(applyEdits(tree.source, [edit]));
  const same = after.instructions[tree.instructions.indexOf(node)];
  const untouched = after.directives.length === tree.directives.length && same?.text === node.text;
  if (!untouched || isOn(withComments(configOf(after), same.comments), { name: code })) return null;
  return { title: `Ignore ${code} here`, edits: [edit] };
}

/** Adds the check to a `# check=` that stands right above already, which is the only one that counts. */
function optionAbove(tree: Dockerfile, node: InstructionNode, code: string): TextEdit | null {
  const { lines, source } = tree;
  let edit: TextEdit | null = null;
  for (let line = node.startLine - 1; line > tree.directives.length; line--) {
    const end = lines.lineEnd(line);
    const hash = skipSpace(source, lines.lineStart(line), end);
    if (source.charAt(hash) !== "#") break;
    const text = source.slice(hash + 1, end).replace(/\s+$/, "");
    const from = hash + 1 + (text.length - text.trimStart().length);
    const directive = matchDirective(text.trim(), 0, text.trim().length, "");
    if (directive?.name !== "check") continue;
    const option = directive.value.split(" ")[0] as string;
    const start = source.indexOf(option, from);
    edit = { start, end: start + option.length, text: withSkipped(option, code) };
  }
  return edit;
}

/** Not indented, whatever it stands above: BuildKit would not read it. */
function lineAbove(tree: Dockerfile, node: InstructionNode, code: string): TextEdit {
  const start = tree.lines.lineStart(node.startLine);
  const text = `# check=skip=${code}${lineEnding(tree, start)}`;
  const at = start === 0 && tree.source.charCodeAt(0) === 0xfeff ? 1 : start;
  return { start: at, end: at, text };
}

function forFile(tree: Dockerfile, { code }: Diagnostic): Fix | null {
  if (isExperimental(code)) return null;
  const known = tree.directives.find(({ name }) => name === "check");
  const option = known?.value.split(" ")[0] ?? "";
  const plan = planEdit(tree, { type: "setDirective", name: "check", value: withSkipped(option, code) });
  if (!plan.ok || plan.edits.length === 0) return null;
  const after = parseDockerfile(applyEdits(tree.source, plan.edits));
  return isOn(configOf(after), { name: code })
    ? null
    : { title: `Ignore ${code} in this file`, edits: plan.edits };
}

/** `skip=A;error=true` with one more to skip. */
function withSkipped(option: string, code: string): string {
  if (option === "") return `skip=${code}`;
  const parts = option.split(";");
  const at = parts.findIndex((part) => /^\s*skip\s*=/.test(part));
  if (at === -1) return [`skip=${code}`, ...parts].join(";");
  parts[at] = `${parts[at]},${code}`;
  return parts.join(";");
}

function configOf(tree: Dockerfile): CheckConfig {
  const read = fileConfig(tree.source);
  // An option that cannot be read switches nothing off.
  return "skip" in read ? read : DEFAULT_CONFIG;
}

/** Such a check is on because somebody asked for it; skipping does not switch it off. */
function isExperimental(code: string): boolean {
  return RULES.some((rule) => rule.name === code && rule.experimental === true);
}
