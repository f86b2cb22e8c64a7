import { toLower } from "../../characters";
import { page, type Rule } from "../rule";

export const stageNameCasing: Rule = {
  name: "StageNameCasing",
  description: "Stage names should be lowercase",
  url: page("stage-name-casing"),
  instruction(node, report) {
    const { words } = node.list;
    const name = words[2];
    if (node.keyword !== "FROM" || words.length !== 3 || name === undefined) return;
    if (name.value === toLower(name.value)) return;
    report(node, `Stage name '${name.value}' should be lowercase`, node.wordRange(name));
  },
};
