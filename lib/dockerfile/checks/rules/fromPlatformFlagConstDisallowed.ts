import { DEFAULT_PLATFORM, parsePlatform } from "../../platform";
import { quote } from "../../quote";
import { page, type Rule } from "../rule";

/** A stage whose name says the platform is meant to have it. */
export const fromPlatformFlagConstDisallowed: Rule = {
  name: "FromPlatformFlagConstDisallowed",
  description: "FROM --platform flag should not use a constant value",
  url: page("from-platform-flag-const-disallowed"),
  stage({ stage, node, platform }, report) {
    if (platform === null || platform.matched.size > 0 || platform.unmatched.size > 0) return;
    const { value } = platform;
    const parsed = value === null ? null : parsePlatform(value, DEFAULT_PLATFORM);
    if (value === null || parsed === null || "error" in parsed) return;
    const name = stage.name ?? "";
    if (name.includes(parsed.os) || name.includes(parsed.architecture)) return;
    const range = node.flags.find((flag) => flag.name === "platform")?.range;
    report(node, `FROM --platform flag should not use constant value ${quote(value)}`, range);
  },
};
