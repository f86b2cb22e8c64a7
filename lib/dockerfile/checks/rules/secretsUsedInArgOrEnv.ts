import { quote } from "../../quote";
import { page, type Rule } from "../rule";

const SECRET = /(?:_|^)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|$)/i;
const HARMLESS = /(?:_|^)(?:public|file|version)(?:_|$)/i;

export const secretsUsedInArgOrEnv: Rule = {
  name: "SecretsUsedInArgOrEnv",
  description: "Sensitive data should not be used in the ARG or ENV commands",
  url: page("secrets-used-in-arg-or-env"),
  step({ node, at, pairs }, report) {
    if (node.keyword !== "ARG" && node.keyword !== "ENV") return;
    for (const [index, { name }] of pairs.entries()) {
      if (!SECRET.test(name) || HARMLESS.test(name)) continue;
      const message = `Do not use ARG or ENV instructions for sensitive data (${node.keyword} ${quote(name)})`;
      report(at, message, at === node ? node.args[index]?.range : undefined);
    }
  },
};
