import type { InstructionNode } from "../../node";
import { quote } from "../../quote";
import { page, type Rule } from "../rule";

const RESERVED = new Set(["context", "scratch"]);

export const reservedStageName: Rule = {
  name: "ReservedStageName",
  description: "Reserved words should not be used as stage names",
  url: page("reserved-stage-name"),
  file(tree, report) {
    for (const { name, nameRange, instructions } of tree.stages) {
      if (name === null || !RESERVED.has(name)) continue;
      const message = `Stage name should not use the same name as reserved stage ${quote(name)}`;
      report(instructions[0] as InstructionNode, message, nameRange ?? undefined);
    }
  },
};
