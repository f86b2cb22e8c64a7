import { digestError } from "../epoch";
import { parseGitRef } from "../gitRef";
import { type Fault, plain } from "../instructions/fault";
import { flagValue } from "../instructions/flags";
import { expand } from "../shell";
import type { Step } from "../step";

/** `u+x,go=r` and the like, as chmod takes them. */
const SYMBOLIC = /^[augo]*(?:[-+=][rstwXxugo]*)+(?:,[augo]*(?:[-+=][rstwXxugo]*)+)*$/;

/** What is wrong with an ADD or COPY whose words are expanded (dockerfile2llb/convert_copy.go, dispatchCopy), or null. */
export function copyFault({ node, words, state }: Step, escapeToken: string): Fault | null {
  const expanded = (word = ""): string => {
    const result = expand(word, state.variables, { escape: escapeToken });
    return result.ok ? result.value : "";
  };
  const mode = flagValue(node, "chmod");
  const wrongMode = modeFault(expanded(mode?.value));
  if (mode !== null && wrongMode !== null) return { message: wrongMode, flag: mode.flag };
  const sources = words.slice(0, -1);
  const isAdd = node.keyword === "ADD";
  const checksum = isAdd ? expanded(flagValue(node, "checksum")?.value) : "";
  const message = checksumFault(checksum, sources) ?? sourceFault(sources, isAdd, checksum);
  return message === null ? null : plain(message);
}

/** The mode of `--chmod`: octal digits, or what chmod(1) takes. */
function modeFault(mode: string): string | null {
  if (mode === "") return null;
  const isOctal = /^[0-7]+$/.test(mode);
  if (isOctal && Number.parseInt(mode, 8) <= 0o7777) return null;
  if (!isOctal && !/^\d/.test(mode)) return SYMBOLIC.test(mode) ? null : "invalid syntax";
  return `invalid chmod parameter: '${mode}'. it should be octal string and between 0 and 07777`;
}

function checksumFault(checksum: string, sources: readonly string[]): string | null {
  if (checksum === "") return null;
  const [source] = sources;
  if (source === undefined || sources.length > 1) return "checksum can't be specified for multiple sources";
  if (isWeb(source) || parseGitRef(source) !== null) return null;
  return "checksum requires HTTP(S) or Git sources";
}

function sourceFault(sources: readonly string[], isAdd: boolean, checksum: string): string | null {
  for (const source of sources) {
    const git = parseGitRef(source);
    if (git?.error) return git.error;
    if (git !== null && !git.likeLocal) {
      if (!isAdd) return "source can't be a git ref for COPY";
    } else if (isWeb(source)) {
      if (!isAdd) return "source can't be a URL for COPY";
      const error = checksum === "" ? null : digestError(checksum);
      if (error !== null) return error;
    }
  }
  return null;
}

const isWeb = (source: string): boolean => /^https?:\/\//.test(source);
