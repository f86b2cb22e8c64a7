import { needsJson } from "../edits/paths";
import { cachesField } from "./caches";
import { commandFields, lineField, wordsField } from "./command";
import { type Context, type FieldSpec, field, restFrom, write } from "./context";
import { fileFields } from "./files";
import { flagText } from "./flags";
import { pairsField } from "./pairs";
import { startOfWords, writeWords } from "./words";

/** The fields of each instruction, and the flags that they are for. */
const FORMS: Readonly<Record<string, { fields(context: Context): FieldSpec[]; flags: readonly string[] }>> = {
  RUN: { fields: (context) => [...commandFields(context, 0), cachesField], flags: ["mount"] },
  CMD: { fields: (context) => commandFields(context, 0), flags: [] },
  ENTRYPOINT: { fields: (context) => commandFields(context, 0), flags: [] },
  COPY: { fields: fileFields, flags: ["from", "chown", "chmod", "link"] },
  ADD: { fields: fileFields, flags: ["chown", "chmod", "checksum", "link"] },
  ENV: { fields: () => [pairsField(false, "Variables", "variable")], flags: [] },
  ARG: { fields: () => [pairsField(true, "Arguments", "argument")], flags: [] },
  LABEL: { fields: () => [pairsField(false, "Labels", "label")], flags: [] },
  EXPOSE: { fields: () => [list("Ports", ["80", "443", "3000", "8080", "53/udp"])], flags: [] },
  VOLUME: { fields: () => [list("Directories", ["/data", "/var/lib"], true)], flags: [] },
  WORKDIR: { fields: () => [line("Directory", ["/app", "/src"])], flags: [] },
  USER: { fields: () => [line("User", ["nobody", "1000:1000", "root"])], flags: [] },
  STOPSIGNAL: { fields: () => [line("Signal", ["SIGTERM", "SIGINT", "SIGQUIT", "SIGKILL"])], flags: [] },
  MAINTAINER: { fields: () => [line("Name", [])], flags: [] },
  SHELL: { fields: () => [wordsField(0)], flags: [] },
  ONBUILD: { fields: () => [trigger], flags: [] },
  HEALTHCHECK: {
    fields: healthFields,
    flags: ["interval", "timeout", "start-period", "start-interval", "retries"],
  },
};

/** Its fields, in the order to fill them in; none for FROM and for what is no instruction. */
export function fieldsOf(context: Context): FieldSpec[] {
  return FORMS[context.node.keyword]?.fields(context) ?? [];
}

/** What of the text no field shows. */
export function beyondForm({ node, tree }: Context): string[] {
  const known = FORMS[node.keyword]?.flags ?? [];
  const flags = node.flags.filter(({ name, value }) =>
    name === "mount" ? !/\btype=cache\b/.test(value ?? "") : !known.includes(name),
  );
  const written = flags.map(({ range }) => tree.source.slice(range.start, range.end).replace(/\s+/g, " "));
  const comment = /^[ \t]*#/m.test(tree.source.slice(node.keywordRange.end, node.range.end));
  return [...written, ...(comment && node.heredocs.length === 0 ? ["comments between its lines"] : [])];
}

/** All arguments as one text. */
function line(label: string, suggestions: readonly string[]): FieldSpec {
  return field<"text">(
    ({ node }) => ({
      kind: "text",
      id: "text",
      label,
      value: node.args[0]?.value ?? "",
      ...(suggestions.length > 0 && { suggestions }),
    }),
    (context, value) => {
      if (value.trim() === "") return { reason: "Say what it should be." };
      if (/[\r\n]/.test(value)) return { reason: "This has one line only." };
      return [write(context, restFrom(context, startOfWords(context, 0)), value)];
    },
  );
}

/** Words one after another. */
function list(label: string, suggestions: readonly string[], mayBeJson = false): FieldSpec {
  return field<"words">(
    ({ node }) => ({
      kind: "words",
      id: "list",
      label,
      suggestions,
      value: node.args.map(({ value }) => value),
    }),
    (context, words) => {
      if (words.length === 0) return { reason: "Say at least one." };
      const asJson = needsJson(words);
      if (asJson && !mayBeJson) return { reason: "There can be no space in it." };
      return writeWords(context, words, context.node.json || asJson);
    },
  );
}

const trigger: FieldSpec = field<"command">(
  (context) => {
    const { start, end } = triggerRange(context);
    return {
      kind: "command",
      id: "trigger",
      label: "Instruction",
      hint: "Runs first in every stage that is built on this one.",
      value: context.tree.source.slice(start, end),
    };
  },
  (context, value) => [write(context, triggerRange(context), value)],
);

function triggerRange(context: Context) {
  const { end } = context.node.keywordRange;
  const [gap] = /^[ \t]*/.exec(context.tree.source.slice(end, context.node.range.end))!;
  return restFrom(context, end + gap.length);
}

function healthFields(context: Context): FieldSpec[] {
  const none = context.node.args[0]?.value.toUpperCase() === "NONE";
  if (none) return [health];
  return [
    health,
    ...(context.node.json ? [wordsField(1)] : [lineField(1)]),
    flagText("HEALTHCHECK", "interval", "Every", ["30s", "1m", "5m"]),
    flagText("HEALTHCHECK", "timeout", "Time limit", ["3s", "10s"]),
    flagText("HEALTHCHECK", "start-period", "Time to start", ["10s", "1m"]),
    flagText("HEALTHCHECK", "start-interval", "While starting, every", ["5s"]),
    flagText("HEALTHCHECK", "retries", "Failures until unhealthy", ["3", "5"]),
  ];
}

const health: FieldSpec = field<"choice">(
  ({ node }) => ({
    kind: "choice",
    id: "health",
    label: "Check",
    value: node.args[0]?.value.toUpperCase() === "NONE" ? "none" : "command",
    choices: [
      { value: "command", label: "By a command" },
      { value: "none", label: "None" },
    ],
    hint: "None drops the check of the base image.",
  }),
  (context, value) => {
    const range = restFrom(context, context.node.keywordRange.end);
    return [write(context, range, value === "none" ? "NONE" : "CMD curl -f http://localhost/ || exit 1")];
  },
);
