import type { InstructionNode } from "../../node";
import { quote } from "../../quote";
import { page, type Rule } from "../rule";

export const duplicateStageName: Rule = {
  name: "DuplicateStageName",
  description: "Stage names should be unique",
  url: page("duplicate-stage-name"),
  file(tree, report) {
    const names = new Set<string>();
    for (const { name, nameRange, instructions } of tree.stages) {
      if (name === null) continue;
      const message = `Duplicate stage name ${quote(name)}, stage names should be unique`;
      if (names.has(name)) report(instructions[0] as InstructionNode, message, nameRange ?? undefined);
      names.add(name);
    }
  },
};
