import { page, type Rule } from "../rule";

export const legacyKeyValueFormat: Rule = {
  name: "LegacyKeyValueFormat",
  description: "Legacy key/value format with whitespace separator should not be used",
  url: page("legacy-key-value-format"),
  step({ node, at }, report) {
    if (!node.list.legacy) return;
    const { name } = node;
    report(
      at,
      `"${name} key=value" should be used instead of legacy "${name} key value" format`,
      at.argsRange,
    );
  },
};
