/** Fixes that write an instruction's arguments in another form. */
import { type Fixer, nodeOf, plainArguments, written } from "./fix";

/** What a shell would do something with, other than part words. */
const SHELL_ONLY = /[$`"'\\|&;<>()*?[\]{}~#=!\n]/;

export const toJsonForm: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  if (node === null || (node.keyword !== "CMD" && node.keyword !== "ENTRYPOINT")) return null;
  const command = plainArguments(tree, node);
  if (command === null || command === "") return null;
  const needsShell = SHELL_ONLY.test(command);
  const words = needsShell ? ["/bin/sh", "-c", command] : command.split(/\s+/);
  const json = `[${words.map((word) => JSON.stringify(word)).join(", ")}]`;
  return {
    title: needsShell ? "Write it in JSON form, through a shell" : "Write it in JSON form",
    edits: [{ ...node.argsRange, text: json }],
  };
};

export const toLabel: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  const author = node === null ? null : plainArguments(tree, node);
  if (node === null || author === null) return null;
  const label = node.name === node.name.toLowerCase() ? "label" : "LABEL";
  // BuildKit does not expand variables in a MAINTAINER; in a label it would.
  const quoted = author.replace(/[\\`"$]/g, (char) =>
    char === tree.escape || char === '"' || char === "$" ? `${tree.escape}${char}` : char,
  );
  return {
    title: "Use a label instead",
    edits: [{ ...node.range, text: `${label} org.opencontainers.image.authors="${quoted}"` }],
  };
};

export const toPair: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  const [name, value] = node?.args ?? [];
  if (!node?.list.legacy || name === undefined || value === undefined) return null;
  const title = `Write ${name.value}=value`;
  if (/\n/.test(written(tree, node.argsRange))) {
    // Over several lines, which stay as they are: in quotes, the same white space is in the value.
    if (/["']/.test(value.value) || value.value.includes(tree.escape)) return null;
    const { end } = value.range;
    return {
      title,
      edits: [
        { start: name.range.end, end: value.range.start, text: '="' },
        { start: end, end, text: '"' },
      ],
    };
  }
  if (plainArguments(tree, node) === null) return null;
  const edits = [{ ...node.argsRange, text: `${name.value}=${asOneWord(value.value, tree.escape)}` }];
  return { title, edits };
};

/** The same value once expanded, as one word: in quotes, or where it has some already, with its spaces escaped. */
function asOneWord(value: string, escapeToken: string): string {
  if (!/\s/.test(value)) return value;
  if (!/["']/.test(value) && !value.includes(escapeToken)) return `"${value}"`;
  let result = "";
  let quote = "";
  for (let at = 0; at < value.length; at++) {
    const char = value.charAt(at);
    if (char === escapeToken && quote !== "'") result += char + value.charAt(++at);
    else if (quote === "" && /\s/.test(char)) result += escapeToken + char;
    else {
      if (quote === char) quote = "";
      else if (quote === "" && (char === '"' || char === "'")) quote = char;
      result += char;
    }
  }
  return result;
}

export const toPortAlone: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  if (node?.keyword !== "EXPOSE") return null;
  const edits = node.args
    .filter(
      ({ value, range }) => value.includes(":") && !value.includes("$") && written(tree, range) === value,
    )
    .map(({ value, range }) => ({
      start: range.start,
      end: range.start + value.lastIndexOf(":") + 1,
      text: "",
    }));
  return edits.length === 0 ? null : { title: "Name the container's port alone", edits };
};
