/** The command line that does what the Build button does. */
import { attachedContext, type BuildOptions, DEFAULT_SSH_ID, isFolderOfContext } from "./options";

/** What a command needs to know of a stage. */
export interface NamedStage {
  name: string | null;
}

/**
 * What `--target` has to say to build a stage: null for the last, which needs no flag. Undefined where no command can
 * ask for it: BuildKit looks targets up by name only (dockerfile2llb, findStateByName), and of two with the same name it
 * takes the later.
 */
export function targetWord(
  stages: readonly NamedStage[],
  target: BuildOptions["target"],
): string | null | undefined {
  const last = stages.length - 1;
  if (target === null) return null;
  const name = stages[target]?.name ?? null;
  if (name === null) return target >= last ? null : undefined;
  return stages.findLastIndex((stage) => stage.name === name) === target ? name : undefined;
}

/**
 * Null where no command can build the target ({@link targetWord}). What `everyStage` adds has no flag: the command
 * builds the target alone. Without a build context the Dockerfile goes in on stdin.
 */
export function buildCommand(
  options: BuildOptions,
  stages: readonly NamedStage[],
  hasContext: boolean,
): string | null {
  const target = targetWord(stages, options.target);
  if (target === undefined) return null;
  const words = ["docker", "build"];
  if (target !== null) words.push("--target", target);
  words.push(...flagsOf(options));
  const command = words.map(quoted).join(" ");
  return hasContext ? `${command} .` : `${command} - < Dockerfile`;
}

/** One for each option that is not at its default. Of a secret its id: where its value is, the command's reader knows. */
function flagsOf(options: BuildOptions): string[] {
  const words: string[] = [];
  const each = (flag: string, values: readonly string[]) => {
    for (const value of values) words.push(flag, value);
  };
  const pairs = (entries: Readonly<Record<string, string>>, between = "=") =>
    Object.entries(entries).map(([name, value]) => `${name}${between}${value}`);
  each("--build-arg", pairs(options.buildArgs));
  for (const [name, source] of Object.entries(options.contexts))
    words.push("--build-context", `${name}=${contextPath(name, source)}`);
  if (options.platform !== null) words.push("--platform", options.platform);
  if (options.noCache) words.push("--no-cache");
  else each("--no-cache-filter", options.noCacheStages);
  if (options.pull) words.push("--pull");
  each("--label", pairs(options.labels));
  if (options.output !== "discard") each("--tag", options.tags);
  if (options.output === "push") words.push("--push");
  if (options.network !== "default") words.push("--network", options.network);
  each("--add-host", pairs(options.addHosts, ":"));
  each("--ulimit", pairs(options.ulimits));
  each(
    "--secret",
    options.secrets.map((id) => `id=${id}`),
  );
  // Without a path it is the agent of whoever runs the command.
  each("--ssh", [...new Set([...options.ssh, ...(options.sshAgent ? [DEFAULT_SSH_ID] : [])])]);
  each("--cache-from", options.cacheFrom);
  if (options.cacheInline) words.push("--cache-to", "type=inline");
  if (options.cacheTo !== null) words.push("--cache-to", cacheToWord(options.cacheTo));
  if (options.output === "discard") words.push("--output", "type=cacheonly");
  return words;
}

/** As `--cache-to` has it. */
export function cacheToWord({ image, mode }: NonNullable<BuildOptions["cacheTo"]>): string {
  return `type=registry,ref=${image},mode=${mode}`;
}

/** Files that were sent lie where the command's reader has them: in a folder of the context's name, as it were. */
export function contextPath(name: string, source: string): string {
  if (attachedContext(source) !== null) return folder(name.split("::")[0]!);
  return isFolderOfContext(source) ? folder(source) : source;
}

/** Not to be taken for an address: buildx reads github.com/… as one. */
const folder = (path: string) => (/^\.(?:\/|$)/.test(path) ? path : `./${path}`);

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
