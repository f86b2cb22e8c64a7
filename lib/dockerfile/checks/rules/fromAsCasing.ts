import { toLower, toUpper } from "../../characters";
import { page, type Rule } from "../rule";

export const fromAsCasing: Rule = {
  name: "FromAsCasing",
  description: "The 'as' keyword should match the case of the 'from' keyword",
  url: page("from-as-casing"),
  instruction(node, report) {
    const as = node.list.words[1];
    if (node.keyword !== "FROM" || node.list.words.length < 3 || as === undefined) return;
    const isLower = node.name === toLower(node.name);
    // A keyword in mixed case is another rule's.
    if (!isLower && node.name !== toUpper(node.name)) return;
    if (as.value === (isLower ? toLower(as.value) : toUpper(as.value))) return;
    report(node, `'${as.value}' and '${node.name}' keywords' casing do not match`, node.wordRange(as));
  },
};
