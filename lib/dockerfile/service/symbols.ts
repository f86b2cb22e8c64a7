import type { TextRange } from "../../text";
import type { Dockerfile, Instruction } from "../types";

/** An entry of the outline. */
export interface DocumentSymbol {
  kind: "stage" | "argument" | "instruction";
  name: string;
  detail: string;
  range: TextRange;
  /** the word that stands for it */
  selection: TextRange;
  children: DocumentSymbol[];
}

/** The outline: ARGs before the stages, then every stage with its instructions. */
export function documentSymbols(tree: Dockerfile): DocumentSymbol[] {
  const globals = tree.globalArgs.map((each) => ofInstruction(each, "argument"));
  const stages = tree.stages.map((stage): DocumentSymbol => {
    const [from, ...rest] = stage.instructions as [Instruction, ...Instruction[]];
    return {
      kind: "stage",
      name: stage.name ?? `stage ${stage.index}`,
      detail: `FROM ${stage.baseText}`,
      range: stage.range,
      selection: stage.nameRange ?? from.keywordRange,
      children: rest.map((each) => ofInstruction(each, "instruction")),
    };
  });
  return [...globals, ...stages];
}

function ofInstruction(instruction: Instruction, kind: DocumentSymbol["kind"]): DocumentSymbol {
  return {
    kind,
    name: instruction.keyword,
    detail: instruction.text.length > 80 ? `${instruction.text.slice(0, 79)}…` : instruction.text,
    range: instruction.range,
    selection: instruction.keywordRange,
    children: [],
  };
}
