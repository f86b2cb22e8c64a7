import { trimSpace } from "./characters";
import { isHeredoc, readHeredoc } from "./heredocs";
import { flagValue } from "./instructions/flags";
import { readMount } from "./mounts";
import { expand } from "./shell";
import type { Step } from "./step";
import { splitArg } from "./variables";

/** ARGs that are no variables of the build's environment. */
export const NOT_IN_ENVIRONMENT = new Set(["BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"]);

/** Expands the words of a step with what its stage's variables are worth. */
export class WordReader {
  constructor(
    readonly step: Step,
    readonly escapeToken: string,
  ) {}

  /** Expands a word and notes what it uses that is not set. A word that cannot be expanded stays as it is. */
  expand(word: string, raw = false): string {
    if (this.step.failure !== null || word === "") return word;
    const { state, unset } = this.step;
    const result = expand(word, state.variables, {
      escape: raw ? "\\" : this.escapeToken,
      skipQuotes: raw,
    });
    for (const name of result.unmatched) {
      if (!state.args.has(name) && !NOT_IN_ENVIRONMENT.has(name)) unset.push(name);
    }
    if (result.ok) return result.value;
    this.step.failure = result.error;
    return word;
  }

  split(word: string): string[] {
    const result = expand(word, this.step.state.variables, { escape: this.escapeToken });
    if (!result.ok) this.step.failure ??= result.error;
    return result.ok ? result.words : [];
  }
}

/** Expands what BuildKit expands of an instruction (instructions/commands.go, the Expand methods). */
export function readWords(reader: WordReader): void {
  const { node, words, pairs } = reader.step;
  const values = node.list.words;
  switch (node.keyword) {
    case "ENV":
    case "LABEL":
      if (node.list.legacy) {
        const [name, value] = values;
        pairs.push({ name: reader.expand(name?.value ?? ""), value: reader.expand(value?.value ?? "") });
        return;
      }
      for (const word of values) {
        const { name, value } = splitArg(word.value);
        pairs.push({ name: reader.expand(name), value: reader.expand(value ?? "") });
      }
      return;
    case "ADD":
    case "COPY":
      for (const flag of ["chown", "chmod", "checksum"]) reader.expand(flagValue(node, flag)?.value ?? "");
      for (const [index, { value }] of values.entries()) {
        if (index === values.length - 1 || !isHeredoc(value)) words.push(reader.expand(value));
      }
      readHeredocs(reader);
      return;
    case "RUN":
      for (const flag of node.rawFlags) {
        const mount = flag.word.startsWith("--mount=") ? readMount(flag.word.slice("--mount=".length)) : null;
        if (mount === null || "error" in mount) continue;
        for (const option of mount.options) reader.expand(option.value ?? "");
      }
      return;
    case "VOLUME":
      for (const { value } of values) words.push(reader.expand(trimSpace(value)));
      return;
    case "STOPSIGNAL":
    case "USER":
    case "WORKDIR":
      for (const { value } of values) words.push(reader.expand(value));
      return;
    case "EXPOSE":
      // BuildKit has sorted them as they are written.
      for (const value of values.map((each) => each.value).sort()) words.push(...reader.split(value));
  }
}

/** Bodies that a COPY writes to files have their variables expanded, quotes meaning nothing. */
function readHeredocs(reader: WordReader): void {
  const { node } = reader.step;
  if (node.heredocs.length === 0) return;
  for (const { value } of node.list.words.slice(0, -1)) {
    const mark = readHeredoc(value);
    if (mark === null || "error" in mark || !mark.expand) continue;
    const heredoc = node.heredocs.findLast((each) => each.name === mark.name);
    if (heredoc === undefined) continue;
    reader.expand(mark.chomp ? heredoc.content.replace(/^\t+/gm, "") : heredoc.content, true);
  }
}
