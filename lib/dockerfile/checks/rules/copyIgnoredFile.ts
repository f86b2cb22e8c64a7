import { quote } from "../../quote";
import { page, type Rule } from "../rule";

/** Known only where there is a build context: `options.isIgnored` says what its .dockerignore keeps out. */
export const copyIgnoredFile: Rule = {
  name: "CopyIgnoredFile",
  description: "Attempting to Copy file that is excluded by .dockerignore",
  url: page("copy-ignored-file"),
  step({ node, at, words }, report, _memory, options) {
    const { isIgnored } = options;
    if (isIgnored === undefined || (node.keyword !== "COPY" && node.keyword !== "ADD")) return;
    if (node.rawFlags.some((flag) => flag.word.startsWith("--from="))) return;
    for (const written of words.slice(0, -1)) {
      if (/^(?:https?:\/\/|git@|git:\/\/|ssh:\/\/)/.test(written)) continue;
      const path = cleanPath(written);
      if (!isIgnored(path)) continue;
      const command = node.keyword === "ADD" ? "Add" : "Copy";
      report(at, `Attempting to ${command} file ${quote(path)} that is excluded by .dockerignore`);
    }
  },
};

/** Go's filepath.Clean */
function cleanPath(path: string): string {
  const rooted = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts[parts.length - 1] !== "..") parts.pop();
    else if (part !== ".." || !rooted) parts.push(part);
  }
  return (rooted ? "/" : "") + parts.join("/") || ".";
}
