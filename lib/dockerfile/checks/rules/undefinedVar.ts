import { nearest } from "../../suggest";
import { page, type Rule } from "../rule";

export const undefinedVar: Rule = {
  name: "UndefinedVar",
  description: "Variables should be defined before their use",
  url: page("undefined-var"),
  step({ at, state, unset }, report) {
    if (unset.length === 0) return;
    const known = [...state.variables.keys()].reverse();
    for (const name of unset) {
      const match = nearest(name, known, true);
      report(at, `Usage of undefined variable '$${name}'${match === "" ? "" : ` (did you mean $${match}?)`}`);
    }
  },
};
