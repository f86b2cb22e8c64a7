/** The ARGs before the first FROM as the canvas shows them, and every place that their values reach. */
import type { Dockerfile } from "../dockerfile";
import { globalArgsOf } from "../dockerfile/globalArgs";
import { variablesOf } from "../dockerfile/service/variables";

/** The one node that all of them share. */
export const ARGUMENTS_NODE = "args";

export interface ArgumentNode {
  /** its place among them, which edits name it by */
  index: number;
  name: string;
  /** as written behind the `=`; null without one */
  value: string | null;
  comment: string | null;
}

export function argumentsOf(tree: Pick<Dockerfile, "globalArgs">): ArgumentNode[] {
  return globalArgsOf(tree).map(({ name, value, comment }, index) => ({ index, name, value, comment }));
}

export interface ArgumentUse {
  /** index of the stage; null for another ARG before the first FROM */
  stage: number | null;
  instruction: number;
  line: number;
  keyword: string;
}

/** Where a variable is taken or used, in the order of the text, an instruction once; its own declaration is none. */
export function usesOfArgument(tree: Dockerfile, name: string): ArgumentUse[] {
  const declared = globalArgsOf(tree).filter((arg) => arg.name === name);
  const variable = variablesOf(tree).variables.find(({ places }) =>
    places.some(({ instruction, role, range }) =>
      declared.some(
        (arg) => arg.instruction === instruction && role === "declaration" && range.start === arg.range.start,
      ),
    ),
  );
  const uses = new Map<string, ArgumentUse>();
  for (const { instruction, role } of variable?.places ?? []) {
    const { stage, indexInStage, startLine, keyword } = instruction;
    if (stage === null && role === "declaration") continue;
    uses.set(`${stage} ${indexInStage}`, { stage, instruction: indexInStage, line: startLine, keyword });
  }
  return [...uses.values()];
}
