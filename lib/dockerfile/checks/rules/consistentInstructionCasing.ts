import { toLower, toUpper } from "../../characters";
import type { InstructionNode } from "../../node";
import { page, type Rule } from "../rule";

/** The casing that most instructions of the stages have; upper case where it is a tie. Global ARGs do not count. */
export const consistentInstructionCasing: Rule = {
  name: "ConsistentInstructionCasing",
  description: "All commands within the Dockerfile should use the same casing (either upper or lower)",
  url: page("consistent-instruction-casing"),
  file(tree, report) {
    const nodes = tree.stages.flatMap((stage) => stage.instructions) as InstructionNode[];
    let lower = 0;
    let upper = 0;
    for (const { name } of nodes) {
      if (name === toLower(name)) lower++;
      else if (name === toUpper(name)) upper++;
    }
    const wanted =
      lower > upper ? { of: toLower, called: "lowercase" } : { of: toUpper, called: "uppercase" };
    for (const node of nodes) {
      if (node.name === wanted.of(node.name)) continue;
      const message = `Command '${node.name}' should match the case of the command majority (${wanted.called})`;
      report(node, message, node.keywordRange);
    }
  },
};
