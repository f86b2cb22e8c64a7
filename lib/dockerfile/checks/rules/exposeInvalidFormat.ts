import { parsePort } from "../port";
import { page, type Rule } from "../rule";

export const exposeInvalidFormat: Rule = {
  name: "ExposeInvalidFormat",
  description:
    "IP address and host-port mapping should not be used in EXPOSE instruction. This will become an error in a future release",
  url: page("expose-invalid-format"),
  step({ node, at, words }, report) {
    if (node.keyword !== "EXPOSE") return;
    for (const word of words) {
      const port = parsePort(word);
      if (port === null) return; // BuildKit stops there
      if (port.address === "" && port.hostPort === "") continue;
      const message = `EXPOSE instruction should not define an IP address or host-port mapping, found '${word}'`;
      report(at, message, at.argsRange);
    }
  },
};
