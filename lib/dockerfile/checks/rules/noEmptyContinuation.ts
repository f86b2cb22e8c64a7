import { page, type Rule } from "../rule";

export const noEmptyContinuation: Rule = {
  name: "NoEmptyContinuation",
  description: "Empty continuation lines will become errors in a future release",
  url: page("no-empty-continuation"),
  file(tree, report) {
    for (const line of tree.emptyContinuations) report({ line }, "Empty continuation line");
  },
};
