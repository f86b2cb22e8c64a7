import { called, capital } from "../../edits/names";
import type { Dockerfile, Instruction } from "../../types";
import type { GraphRule } from "./rule";

/** Stages that are there to be asked for by name are common, so this is no more than a note. */
export const stageNotNeeded: GraphRule = {
  name: "StageNotNeeded",
  description: "A stage that the last one does not need is built only when it is asked for",
  check(tree, report) {
    const last = tree.stages[tree.stages.length - 1];
    if (last === undefined) return;
    const needed = neededBy(tree, [last.index, ...namedByVariables(tree)]);
    for (const stage of tree.stages) {
      if (needed.has(stage.index)) continue;
      const message = `${capital(called(stage))} is not needed for ${called(last)}: it is built only with --target${stage.name === null ? "" : ` ${stage.name}`}`;
      report(stage.instructions[0] as Instruction, message, stage.nameRange ?? stage.baseRange);
    }
  },
};

/** Stages that a build argument or another platform would make a FROM mean: `FROM base-$TARGETARCH`. */
function namedByVariables(tree: Dockerfile): number[] {
  const patterns = new Map<string, string[]>();
  for (const { baseText } of tree.stages) {
    if (!baseText.includes("$") || /["'\\`]/.test(baseText)) continue;
    const parts = baseText.split(/\$\{[^}]*\}|\$\w+/);
    // A variable alone could be anything; something of the name has to be written.
    if (parts.join("") !== "") patterns.set(parts.join("$"), parts);
  }
  if (patterns.size === 0) return [];
  const all = [...patterns.values()];
  return tree.stages.flatMap(({ name, index }) =>
    name !== null && all.some((parts) => fits(name, parts)) ? [index] : [],
  );
}

/** Whether a name is the parts, with anything between them. */
function fits(name: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? "";
  const last = parts[parts.length - 1] ?? "";
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  const end = name.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= end;
}

function neededBy(tree: Dockerfile, targets: readonly number[]): Set<number> {
  const sources = new Map<number, number[]>();
  for (const { from, to } of tree.edges) {
    const list = sources.get(to);
    if (list === undefined) sources.set(to, [from]);
    else list.push(from);
  }
  const needed = new Set<number>();
  const open = [...targets];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (needed.has(index)) continue;
    needed.add(index);
    for (const each of sources.get(index) ?? []) open.push(each);
  }
  return needed;
}
