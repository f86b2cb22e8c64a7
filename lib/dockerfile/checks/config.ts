import { trimSpace } from "../characters";
import { matchDirective } from "../directives";
import { isBool } from "../numbers";

/** What `check=` asks for. */
export interface CheckConfig {
  skipAll: boolean;
  skip: ReadonlySet<string>;
  experimentalAll: boolean;
  experimental: ReadonlySet<string>;
  /** warnings make the build fail */
  error: boolean;
}

export const DEFAULT_CONFIG: CheckConfig = {
  skipAll: false,
  skip: new Set(),
  experimentalAll: false,
  experimental: new Set(),
  error: false,
};

/** Reads `skip=A,B;error=true;experimental=all` (linter.ParseLintOptions). */
export function parseCheckOptions(text: string): CheckConfig | { error: string } {
  const trimmed = trimSpace(text);
  const config = { ...DEFAULT_CONFIG };
  if (trimmed === "") return config;
  for (const part of splitAtMost(trimmed, ";", 3)) {
    const equals = part.indexOf("=");
    if (equals === -1) return { error: `invalid check option "${part}"` };
    const key = trimSpace(part.slice(0, equals));
    const value = trimSpace(part.slice(equals + 1));
    const names = new Set(value.split(",").map(trimSpace));
    if (key === "skip") {
      if (value === "all") config.skipAll = true;
      else config.skip = names;
    } else if (key === "experimental") {
      if (value === "all") config.experimentalAll = true;
      else config.experimental = names;
    } else if (key === "error") {
      if (!isBool(value)) return { error: `failed to parse check option "${part}"` };
      config.error = /^[1tT]/.test(value);
    } else return { error: `invalid check option "${key}"` };
  }
  return config;
}

function splitAtMost(text: string, separator: string, count: number): string[] {
  const parts = text.split(separator);
  return parts.length <= count
    ? parts
    : [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)];
}

/**
 * The `# check=` of a file. It is found by another reader than the parser's (parser.ParseDirective): a `#!` line may come
 * first, and no spaces before the `#`.
 */
export function fileConfig(source: string): CheckConfig | { error: string } {
  const seen = new Set<string>();
  let start = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (source.startsWith("#!", start)) start = nextLine(source, start);
  while (start < source.length) {
    const next = nextLine(source, start);
    let end = next > start && source.charAt(next - 1) === "\n" ? next - 1 : next;
    if (end > start && source.charAt(end - 1) === "\r") end--;
    const directive = matchDirective(source, start, end, "#");
    if (directive === null || seen.has(directive.name)) break;
    if (directive.name === "check") return parseCheckOptions(directive.value.split(" ")[0] as string);
    seen.add(directive.name);
    start = next;
  }
  return DEFAULT_CONFIG;
}

function nextLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end === -1 ? source.length : end + 1;
}

/** A config with what the first `check=` among comments adds (linter.WithMergedConfigFromComments). */
export function withComments(config: CheckConfig, comments: readonly string[]): CheckConfig {
  for (const comment of comments) {
    const directive = matchDirective(comment, 0, comment.length, "");
    if (directive === null || directive.name !== "check") continue;
    const own = parseCheckOptions(directive.value.split(" ")[0] as string);
    if ("error" in own && typeof own.error === "string") return config;
    return merge(config, own as CheckConfig);
  }
  return config;
}

function merge(config: CheckConfig, own: CheckConfig): CheckConfig {
  return {
    skipAll: config.skipAll || own.skipAll,
    skip: new Set([...config.skip, ...own.skip]),
    experimentalAll: config.experimentalAll || own.experimentalAll,
    experimental: new Set([...config.experimental, ...own.experimental]),
    error: config.error,
  };
}

/** Whether a rule is on. Skipping does not turn off an experimental rule that was asked for. */
export function isOn(config: CheckConfig, rule: { name: string; experimental?: true }): boolean {
  return rule.experimental === true
    ? config.experimentalAll || config.experimental.has(rule.name)
    : !config.skipAll && !config.skip.has(rule.name);
}
