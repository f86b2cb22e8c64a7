import { page, type Rule } from "../rule";

export const redundantTargetPlatform: Rule = {
  name: "RedundantTargetPlatform",
  description:
    "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior",
  url: page("redundant-target-platform"),
  stage({ node, platform, values }, report) {
    if (platform === null || platform.matched.size !== 1 || platform.unmatched.size > 0) return;
    if (!platform.matched.has("TARGETPLATFORM") || platform.value !== values.get("TARGETPLATFORM")) return;
    const message = `Setting platform to predefined ${platform.written} in FROM is redundant as this is the default behavior`;
    report(node, message, node.flags.find((flag) => flag.name === "platform")?.range);
  },
};
