import { page, type Rule } from "../rule";

/** A SHELL set in the stage says that a shell is meant. */
export const jsonArgsRecommended: Rule = {
  name: "JSONArgsRecommended",
  description:
    "JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals",
  url: page("json-args-recommended"),
  step({ node, at, state }, report) {
    if ((node.keyword !== "CMD" && node.keyword !== "ENTRYPOINT") || node.json || state.hasShell) return;
    report(
      at,
      `JSON arguments recommended for ${node.name} to prevent unintended behavior related to OS signals`,
      at.argsRange,
    );
  },
};
