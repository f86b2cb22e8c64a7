/** Fixes that put something in front of what is written. */
import { splitArg } from "../../variables";
import { type Fixer, nodeOf, plainArguments } from "./fix";

/** Where a base image sets no directory of its own, the same; where it does, the one that is most often meant. */
export const toAbsolutePath: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  const [path] = node?.args ?? [];
  if (node?.keyword !== "WORKDIR" || path === undefined || node.args.length !== 1) return null;
  const word = plainArguments(tree, node)?.trim();
  if (word === undefined || !/^[\w.@+-][\w.@+/-]*$/.test(word)) return null;
  const absolute = `/${word.replace(/^(?:\.\/)+/, "")}`;
  if (/(?:^|\/)\.\.?(?:\/|$)/.test(absolute)) return null;
  return { title: `Write ${absolute}`, edits: [{ ...path.range, text: absolute }] };
};

/** A comment that is meant to describe a stage or an ARG begins with its name. */
export const beginWithName: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  if (node === null) return null;
  const stage = node.keyword === "FROM" ? tree.stages[node.stage ?? -1]?.name : undefined;
  const names = node.keyword === "ARG" ? node.args.map(({ value }) => splitArg(value).name) : [stage ?? ""];
  const [name] = names;
  const line = node.startLine - 1;
  if (!name || names.length !== 1 || line < 1) return null;
  const text = tree.source.slice(tree.lines.lineStart(line), tree.lines.lineEnd(line));
  const mark = /^[ \t]*#[ \t]*/.exec(text)?.[0];
  if (mark === undefined || mark.length === text.trimEnd().length) return null;
  const at = tree.lines.lineStart(line) + mark.length;
  return { title: `Begin the comment with ${name}`, edits: [{ start: at, end: at, text: `${name} ` }] };
};
