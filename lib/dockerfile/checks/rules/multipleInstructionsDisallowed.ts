import { page, type Rule } from "../rule";

const ONCE = new Set(["CMD", "ENTRYPOINT", "HEALTHCHECK"]);

/** Said of the one before, as that is the one without effect. */
export const multipleInstructionsDisallowed: Rule = {
  name: "MultipleInstructionsDisallowed",
  description: "Multiple instructions of the same type should not be used in the same stage",
  url: page("multiple-instructions-disallowed"),
  step({ node, at }, report, memory) {
    if (!ONCE.has(node.keyword)) return;
    const before = memory.get(node.keyword);
    if (before !== undefined) {
      report(
        before,
        `Multiple ${node.name} instructions should not be used in the same stage because only the last one will be used`,
      );
    }
    memory.set(node.keyword, at);
  },
};
