/** Where `$name` and `${name…}` stand in an instruction, as far as they are expanded at all. */
import type { TextRange } from "../../text";
import type { InstructionNode } from "../node";
import type { Dockerfile } from "../types";

/** The name alone, without `$` and braces. */
export interface VariableWord {
  name: string;
  range: TextRange;
}

/** Who expands: BuildKit, or the shell that a command runs in. */
type Expander = "buildkit" | "shell" | "none";

const SHELL = new Set(["RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"]);
const NEVER = new Set(["MAINTAINER", "SHELL"]);

/** All uses within an instruction, in the order of the text. */
export function variableWords(tree: Dockerfile, node: InstructionNode): VariableWord[] {
  if (node.trigger !== null) return variableWords(tree, node.trigger);
  const expander = expanderOf(node);
  const { text } = node.line;
  const found: VariableWord[] = [];
  const add = (start: number, end: number) => {
    found.push({ name: text.slice(start, end), range: node.line.range(start, end) });
  };
  const args = node.argsSpan.start;
  scan(text, node.name.length, Math.min(args, text.length), tree.escape, "words", add);
  if (expander === "shell") scan(text, args, text.length, "\\", "shell", add);
  else if (expander === "buildkit") scan(text, args, text.length, tree.escape, "words", add);
  found.push(...inHeredocs(tree, node));
  return found;
}

/** Names that a RUN's own commands set: what follows there is the shell's variable, not the file's. */
export function setByShell(node: InstructionNode): Set<string> {
  const names = new Set<string>();
  if (node.keyword !== "RUN" || node.json) return names;
  const text = [node.line.text.slice(node.argsSpan.start), ...node.heredocs.map((each) => each.content)].join(
    "\n",
  );
  for (const [, name] of text.matchAll(/(?:^|[\s;&|(`{])([A-Za-z_]\w*)\+?=/g)) names.add(name as string);
  for (const [, name] of text.matchAll(/\b(?:for|read|unset)\s+(?:-\w+\s+)?([A-Za-z_]\w*)/g))
    names.add(name as string);
  return names;
}

function expanderOf(node: InstructionNode): Expander {
  if (NEVER.has(node.keyword)) return "none";
  if (!SHELL.has(node.keyword)) return "buildkit";
  return node.json ? "none" : "shell";
}

function inHeredocs(tree: Dockerfile, node: InstructionNode): VariableWord[] {
  const found: VariableWord[] = [];
  const isScript =
    node.keyword === "RUN" && /^\s*<<-?\s*\S+\s*$/.test(node.line.text.slice(node.argsSpan.start));
  for (const { bodyRange, expand } of node.heredocs) {
    // A script is read by the shell itself, whatever the quotes around its end mark.
    if (!expand && !isScript) continue;
    const body = tree.source.slice(bodyRange.start, bodyRange.end);
    scan(body, 0, body.length, "\\", isScript ? "shell" : "plain", (start, end) => {
      const range = { start: bodyRange.start + start, end: bodyRange.start + end };
      found.push({ name: body.slice(start, end), range });
    });
  }
  return found;
}

/** `plain`: quotes are characters like others; `shell`: there are comments, too. */
type Manner = "words" | "shell" | "plain";

function scan(
  text: string,
  from: number,
  to: number,
  escapeToken: string,
  manner: Manner,
  add: (start: number, end: number) => void,
): void {
  let inDouble = false;
  for (let at = from; at < to; at++) {
    const char = text.charAt(at);
    if (char === escapeToken) at++;
    else if (char === '"' && manner !== "plain") inDouble = !inDouble;
    else if (char === "'" && manner !== "plain" && !inDouble) {
      const close = text.indexOf("'", at + 1);
      if (close === -1) return;
      at = close;
    } else if (char === "#" && manner === "shell" && !inDouble && /[\s;]/.test(text.charAt(at - 1))) {
      const end = text.indexOf("\n", at);
      if (end === -1) return;
      at = end;
    } else if (char === "$") {
      const start = text.charAt(at + 1) === "{" ? at + 2 : at + 1;
      let end = start;
      while (end < to && /\w/.test(text.charAt(end))) end++;
      if (end > start && !/\d/.test(text.charAt(start))) add(start, end);
      at = Math.max(at, end - 1);
    }
  }
}
