import { page, type Rule } from "../rule";

export const maintainerDeprecated: Rule = {
  name: "MaintainerDeprecated",
  description: "The MAINTAINER instruction is deprecated, use a label instead to define an image author",
  url: page("maintainer-deprecated"),
  instruction(node, report) {
    if (node.keyword === "MAINTAINER")
      report(node, "Maintainer instruction is deprecated in favor of using label");
  },
};
