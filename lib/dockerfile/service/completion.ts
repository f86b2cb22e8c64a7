import type { TextRange } from "../../text";
import { toLower } from "../characters";
import type { EvaluateOptions } from "../evaluate";
import { FLAGS as FLAG_TYPES } from "../instructions/flags";
import { findKeyword, KEYWORDS } from "../keywords";
import type { InstructionNode } from "../node";
import type { Dockerfile } from "../types";
import { globalScope } from "../variables";
import {
  DIRECTIVES,
  FLAGS,
  INSTRUCTIONS,
  MOUNT_ALIASES,
  MOUNT_KEYS,
  MOUNT_TYPES,
  PREDEFINED,
} from "./explanations";
import { instructionAt, offsetInLine } from "./place";
import { imagesOf, type SourceName, stageNamesFor } from "./sources";
import { valuesAt } from "./values";

export interface Completion {
  kind: "keyword" | "flag" | "key" | "value" | "stage" | "image" | "variable" | "directive";
  label: string;
  /** what is written over `range` */
  insert: string;
  range: TextRange;
  detail?: string;
  /** Markdown */
  documentation?: string;
  /** something can follow right away: ask again */
  more?: true;
}

/** Where one stands: the words before, and the one in hand. */
interface Spot {
  tree: Dockerfile;
  node: InstructionNode | null;
  keyword: string;
  /** all before the word in hand are flags */
  inFlags: boolean;
  /** words before that are no flags */
  args: readonly string[];
  flags: readonly string[];
  word: string;
  offset: number;
}

/** What could stand at an offset, best first. Empty where nothing is known to. */
export function completionsAt(tree: Dockerfile, offset: number, options: EvaluateOptions = {}): Completion[] {
  const node = instructionAt(tree, offset);
  const inHeredoc = node?.heredocs.some(({ bodyRange }) => offset >= bodyRange.start);
  const before = inHeredoc ? lineBefore(tree, offset) : textBefore(tree, node, offset);
  if (before === null) return [];
  const dollar = /\$\{?(\w*)$/.exec(before);
  if (dollar !== null && node !== null)
    return variables(tree, node, offset, dollar[1] as string, dollar[0], options);
  if (inHeredoc) return [];
  if (/^\s*#/.test(before)) return directives(tree, before, offset);
  const spot = spotOf(tree, node, before.replace(/^\s+/, ""), offset);
  if (spot === null) return keywords(tree, before.trimStart(), offset);
  if (spot.word.startsWith("-") && spot.inFlags) {
    return spot.word.includes("=") ? flagValues(spot) : flagNames(spot);
  }
  return argumentWords(spot);
}

function lineBefore(tree: Dockerfile, offset: number): string {
  return tree.source.slice(tree.lines.lineStart(tree.lines.lineAt(offset)), offset);
}

/** The instruction up to the offset, continuations joined; without one, the line. Null in a comment in between. */
function textBefore(tree: Dockerfile, node: InstructionNode | null, offset: number): string | null {
  if (node === null) return lineBefore(tree, offset);
  const at = offsetInLine(node, offset);
  if (at !== -1) return node.line.text.slice(0, at);
  // A line of a continuation with nothing on it yet is no part of the joined line.
  return lineBefore(tree, offset).trim() === "" ? `${node.line.text} ` : null;
}

function spotOf(tree: Dockerfile, node: InstructionNode | null, before: string, offset: number): Spot | null {
  const [keyword = "", ...words] = before.split(/[ \t]+/);
  if (words.length === 0) return null;
  if (toLower(keyword) === "onbuild")
    return spotOf(tree, node, before.slice(before.search(/[ \t]/)).trimStart(), offset);
  const known = findKeyword(keyword)?.keyword;
  if (known === undefined)
    return { tree, node, keyword: "", inFlags: false, args: [], flags: [], word: "", offset };
  const word = words.pop() as string;
  const firstArgument = words.findIndex((each) => !each.startsWith("--"));
  const flags = firstArgument === -1 ? words : words.slice(0, firstArgument);
  const args = firstArgument === -1 ? [] : words.slice(firstArgument);
  return { tree, node, keyword: known, inFlags: firstArgument === -1, args, flags, word, offset };
}

function keywords(tree: Dockerfile, word: string, offset: number): Completion[] {
  const names = tree.instructions.map(({ keywordRange: { start, end } }) => tree.source.slice(start, end));
  const lower =
    names.filter((name) => name === name.toLowerCase() && name !== word).length * 2 > names.length;
  // Before the first stage nothing else is taken.
  const may =
    tree.stages.length === 0 || (tree.stages[0]?.range.start ?? 0) >= offset ? ["FROM", "ARG"] : KEYWORDS;
  return may.map((keyword) => ({
    kind: "keyword",
    label: lower ? keyword.toLowerCase() : keyword,
    insert: `${lower ? keyword.toLowerCase() : keyword} `,
    range: { start: offset - word.length, end: offset },
    documentation: INSTRUCTIONS[keyword]?.text,
    more: true,
  }));
}

/** Directives count only at the very top. */
function directives(tree: Dockerfile, before: string, offset: number): Completion[] {
  const start = offset - before.length;
  const top = tree.source.slice(0, start);
  const found = /^\s*#\s*(\w*)$/.exec(before);
  if (found === null || top.split("\n").some((line) => line.trim() !== "" && !/^#\s*\w+\s*=/.test(line)))
    return [];
  const word = found[1] as string;
  const values: Record<string, string> = { syntax: "docker/dockerfile:1", escape: "`", check: "skip=" };
  return Object.entries(DIRECTIVES)
    .filter(([name]) => !tree.directives.some((each) => each.name === name && each.range.end < start))
    .map(([name, documentation]) => ({
      kind: "directive",
      label: name,
      insert: `${before.endsWith("#") ? " " : ""}${name}=${values[name] ?? ""}`,
      range: { start: offset - word.length, end: offset },
      documentation,
    }));
}

function variables(
  tree: Dockerfile,
  node: InstructionNode,
  offset: number,
  word: string,
  written: string,
  options: EvaluateOptions,
): Completion[] {
  if (node.keyword === "ONBUILD" && node.trigger === null) return [];
  const values = new Map(valuesAt(tree, node, options));
  if (node.keyword === "FROM")
    for (const name of globalScope(tree, options).declared) if (!values.has(name)) values.set(name, "");
  const braces = written.startsWith("${") && tree.source.charAt(offset) !== "}";
  return [...values]
    .filter(([name, value]) => name !== "PATH" && (value !== "" || PREDEFINED[name] === undefined))
    .map(([name, value]) => ({
      kind: "variable",
      label: name,
      insert: braces ? `${name}}` : name,
      range: { start: offset - word.length, end: offset },
      detail: value,
      documentation: PREDEFINED[name],
    }));
}

function flagNames({ keyword, flags, word, offset }: Spot): Completion[] {
  const used = flags.map((each) => each.slice(2).split("=")[0]);
  const types = FLAG_TYPES[keyword] ?? {};
  // Explained in the order of how often they are wanted.
  return Object.entries(FLAGS[keyword] ?? {})
    .filter(([name]) => types[name] === "strings" || !used.includes(name))
    .map(([name, documentation]) => ({
      kind: "flag",
      label: `--${name}`,
      insert: types[name] === "bool" ? `--${name}` : `--${name}=`,
      range: { start: offset - word.length, end: offset },
      documentation,
      ...(types[name] === "bool" ? {} : { more: true as const }),
    }));
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  network: ["default", "none", "host"],
  security: ["sandbox", "insecure"],
  platform: ["$BUILDPLATFORM", "$TARGETPLATFORM", "linux/amd64", "linux/arm64", "linux/arm/v7"],
};

function flagValues(spot: Spot): Completion[] {
  const equals = spot.word.indexOf("=");
  const name = spot.word.slice(2, equals);
  const value = spot.word.slice(equals + 1);
  if (name === "mount" && spot.keyword === "RUN") return mountWords(spot, value);
  if (name === "from" && spot.keyword === "COPY") return sources(spot, value, "copy");
  return listed(VALUES[name] ?? [], value, spot.offset);
}

function listed(values: readonly string[], word: string, offset: number): Completion[] {
  const range = { start: offset - word.length, end: offset };
  return values.map((value) => ({ kind: "value", label: value, insert: value, range }));
}

function mountWords(spot: Spot, value: string): Completion[] {
  const fields = value.split(",");
  const field = fields.pop() as string;
  const keys = fields.map((each) => each.split("=")[0] as string).map((key) => MOUNT_ALIASES[key] ?? key);
  const type = fields.find((each) => each.startsWith("type="))?.slice("type=".length) ?? "bind";
  const equals = field.indexOf("=");
  if (equals !== -1) {
    const word = field.slice(equals + 1);
    const key = field.slice(0, equals);
    if (key === "from") return sources(spot, word, "mount");
    if (key === "sharing") return listed(["shared", "private", "locked"], word, spot.offset);
    if (key !== "type") return [];
    return listed(Object.keys(MOUNT_TYPES), word, spot.offset).map((each) => ({
      ...each,
      documentation: MOUNT_TYPES[each.label],
    }));
  }
  return Object.entries(MOUNT_KEYS)
    .filter(([key, { types }]) => !keys.includes(key) && (types.length === 0 || types.includes(type)))
    .map(([key, { text }]) => {
      const bare = key === "rw" || key === "ro" || key === "required";
      return {
        kind: "key",
        label: key,
        insert: bare ? key : `${key}=`,
        range: { start: spot.offset - field.length, end: spot.offset },
        documentation: text,
        ...(bare ? {} : { more: true as const }),
      };
    });
}

function sources({ tree, node, offset }: Spot, word: string, use: SourceName["use"]): Completion[] {
  const range = { start: offset - word.length, end: offset };
  const user = node?.stage ?? tree.stages.findLast(({ range: { start } }) => start < offset)?.index ?? 0;
  const stages = stageNamesFor(tree, user, use).map(({ name, detail }): Completion => {
    return { kind: "stage", label: name, insert: name, range, detail };
  });
  // What is being written is no image of the file yet.
  const images = imagesOf(tree, offset, use).map((ref): Completion => {
    return { kind: "image", label: ref, insert: ref, range };
  });
  const scratch: Completion[] =
    use === "from"
      ? [{ kind: "image", label: "scratch", insert: "scratch", range, detail: "nothing at all" }]
      : [];
  return [...stages, ...images, ...scratch];
}

function argumentWords(spot: Spot): Completion[] {
  const { keyword, args, word, offset, node, tree } = spot;
  const flags = spot.inFlags && word === "" ? flagNames(spot) : [];
  if (keyword === "FROM") {
    if (args.length === 0) return [...sources(spot, word, "from"), ...flags];
    const from = node === null ? "FROM" : tree.source.slice(node.keywordRange.start, node.keywordRange.end);
    return args.length === 1 ? listed([from === "from" ? "as" : "AS"], word, offset) : [];
  }
  if (keyword === "HEALTHCHECK" && args.length === 0)
    return [...listed(["CMD", "NONE"], word, offset), ...flags];
  if (keyword === "STOPSIGNAL")
    return listed(["SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGKILL"], word, offset);
  return flags;
}
