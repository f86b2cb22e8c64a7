import { parseImageReference } from "../../image";
import type { InstructionNode } from "../../node";
import { expand } from "../../shell";
import { evaluateGlobalArgs, predefinedArgs } from "../../variables";
import { page, type Rule } from "../rule";

/** As if no build argument were given, but for predefined ones. A FROM of a stage is held to the rules of image names, too. */
export const invalidDefaultArgInFrom: Rule = {
  name: "InvalidDefaultArgInFrom",
  description: "Default value for global ARG results in an empty or invalid base image name",
  url: page("invalid-default-arg-in-from"),
  file(tree, report, options) {
    const args = tree.globalArgs.filter((node) => node.keyword === "ARG") as InstructionNode[];
    const predefined = predefinedArgs(options, tree.stages);
    const { values, error, epoch } = evaluateGlobalArgs(args, predefined, tree.escape);
    if (error !== null) return;
    if (epoch !== null) values.set("SOURCE_DATE_EPOCH", epoch.value); // it is settled only after this
    for (const stage of tree.stages) {
      const name = expand(stage.baseText, values, { escape: tree.escape });
      if (!name.ok) return;
      if (parseImageReference(name.value) !== null) continue;
      const message = `Default value for ARG ${stage.baseText} results in empty or invalid base image name`;
      report(stage.instructions[0] as InstructionNode, message, stage.baseRange);
    }
  },
};
