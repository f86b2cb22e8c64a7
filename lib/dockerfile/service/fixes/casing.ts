/** Fixes that change the casing of a word. */
import type { TextEdit } from "../../../text";
import { type Fixer, nodeOf, written } from "./fix";

export const lowerStageName: Fixer = (tree, { range }) => {
  const name = written(tree, range).toLowerCase();
  return { title: `Write "${name}" in lower case`, edits: [{ ...range, text: name }] };
};

export const matchAs: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  if (node === null) return null;
  const as = node.name === node.name.toLowerCase() ? "as" : "AS";
  return { title: `Write "${as}"`, edits: [{ ...finding.range, text: as }] };
};

/** An AS follows its FROM, or the next check would complain. */
export const matchKeyword: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  if (node === null) return null;
  const toLower = finding.message.includes("(lowercase)");
  const cased = (text: string) => (toLower ? text.toLowerCase() : text.toUpperCase());
  const edits: TextEdit[] = [{ ...node.keywordRange, text: cased(node.name) }];
  const as = node.keyword === "FROM" ? node.args[1] : undefined;
  if (as !== undefined && written(tree, as.range) !== cased(as.value)) {
    edits.push({ ...as.range, text: cased(as.value) });
  }
  return { title: `Write ${cased(node.name)}`, edits };
};

export const lowerProtocol: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  if (node?.keyword !== "EXPOSE") return null;
  const edits: TextEdit[] = [];
  for (const { value, range } of node.args) {
    const slash = value.lastIndexOf("/");
    const protocol = value.slice(slash + 1);
    if (slash === -1 || !/^[A-Za-z]+$/.test(protocol) || protocol === protocol.toLowerCase()) continue;
    if (written(tree, range) !== value) return null;
    edits.push({ start: range.start + slash + 1, end: range.end, text: protocol.toLowerCase() });
  }
  return edits.length === 0 ? null : { title: "Write the protocol in lower case", edits };
};
