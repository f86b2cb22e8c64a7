import { quote } from "../../quote";
import { page, type Rule } from "../rule";

/** Only the first WORKDIR of a stage counts: what follows is relative to it. */
export const workdirRelativePath: Rule = {
  name: "WorkdirRelativePath",
  description:
    "Relative workdir without an absolute workdir declared within the build can have unexpected results if the base image changes",
  url: page("workdir-relative-path"),
  step({ node, at, state, words }, report) {
    const path = words[0];
    if (node.keyword !== "WORKDIR" || path === undefined || state.workdirSet) return;
    if (isAbsolute(path, state.platform.os)) return;
    report(
      at,
      `Relative workdir ${quote(path)} can have unexpected results if the base image changes`,
      at.argsRange,
    );
  },
};

/** util/system, IsAbs */
function isAbsolute(path: string, os: string): boolean {
  if (os !== "windows") return path.startsWith("/");
  const slashed = path.replaceAll("\\", "/");
  if (slashed.startsWith("//") || (slashed.length === 2 && slashed.endsWith(":"))) return false;
  const drive = slashed.indexOf(":");
  if (drive === -1) return slashed.startsWith("/");
  return slashed.slice(0, drive).toLowerCase() === "c" && slashed.charAt(drive + 1) === "/";
}
