import { toLower } from "../../characters";
import { parsePort } from "../port";
import { page, type Rule } from "../rule";

export const exposeProtoCasing: Rule = {
  name: "ExposeProtoCasing",
  description: "Protocol in EXPOSE instruction should be lowercase",
  url: page("expose-proto-casing"),
  step({ node, at, words }, report) {
    if (node.keyword !== "EXPOSE") return;
    for (const word of words) {
      const port = parsePort(word);
      if (port === null) return; // BuildKit stops there
      if (port.protocol === toLower(port.protocol)) continue;
      report(at, `Defined protocol '${word}' in EXPOSE instruction should be lowercase`, at.argsRange);
    }
  },
};
