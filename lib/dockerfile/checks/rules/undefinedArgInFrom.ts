import { nearest } from "../../suggest";
import { page, type Rule } from "../rule";

export const undefinedArgInFrom: Rule = {
  name: "UndefinedArgInFrom",
  description: "FROM command must use declared ARGs",
  url: page("undefined-arg-in-from"),
  stage({ stage, node, base, platform, declared }, report) {
    for (const expanded of [base, platform]) {
      for (const name of expanded?.unmatched ?? []) {
        if (declared.includes(name)) continue;
        const match = nearest(name, declared, true);
        const suggestion = match === "" ? "" : ` (did you mean ${match}?)`;
        const range = expanded === base ? stage.baseRange : undefined;
        report(node, `FROM argument '${name}' is not declared${suggestion}`, range);
      }
    }
  },
};
