/** The build as a file for `docker buildx bake`, in HCL. */
import {
  anewOf,
  type BuildFile,
  type BuildTarget,
  cacheToOf,
  platformsOf,
  remark,
  tagsOf,
  targetsOf,
} from "./targets";

/** What the targets have in common; starts with an underscore, which no stage name can. */
const COMMON = "_common";

/**
 * A target for every stage that can be asked for, a default group with the chosen one, and each build argument as a
 * variable, which the environment and `--set` can change. After docs/bake-reference.md of docker/buildx.
 */
export function toBake(file: BuildFile): string {
  const targets = named(targetsOf(file));
  const args = argsOf(file);
  const tags = tagsOf(file.choice);
  const blocks = args.filter(({ variable }) => variable).map(variableBlock);
  blocks.push(block("group", "default", [["targets", list(targets.filter(isMain).map(({ name }) => name))]]));
  blocks.push(block("target", COMMON, commonOf(file, args)));
  for (const target of targets) {
    const attributes: [string, string][] = [["inherits", list([COMMON])]];
    if (target.target !== null) attributes.push(["target", quoteHcl(target.target)]);
    // The same name for several images would be the last one's.
    if (target.main && tags.length > 0) attributes.push(["tags", list(tags)]);
    if (target.main && file.choice.output === "push") attributes.push(["output", list(["type=registry"])]);
    const words = remark(target);
    blocks.push(`${words === null ? "" : `# ${words}\n`}${block("target", target.name, attributes)}`);
  }
  return blocks.join("\n");
}

/** What is the same for all targets: attributes and their values, written out. */
function commonOf({ choice }: BuildFile, args: readonly Argument[]): [string, string][] {
  const limits = Object.entries(choice.ulimits ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  const attributes: [string, string | null][] = [
    ["context", quoteHcl(".")],
    ["dockerfile", quoteHcl("Dockerfile")],
    ["args", args.length > 0 ? object(args.map(argument)) : null],
    ["contexts", texts(choice.contexts)],
    ["platforms", several(platformsOf(choice))],
    ["labels", texts(choice.labels)],
    ["network", choice.network && choice.network !== "default" ? quoteHcl(choice.network) : null],
    ["extra-hosts", texts(choice.addHosts)],
    ["ulimits", several(limits)],
    // Without more than an id the value is that of the environment's variable, or of the file, of this name.
    ["secret", several((choice.secrets ?? []).map((id) => `id=${id}`))],
    ["ssh", several(choice.ssh ?? [])],
    ["cache-from", several((choice.cacheFrom ?? []).map((image) => `type=registry,ref=${image}`))],
    ["cache-to", several(cacheToOf(choice))],
    ["no-cache", choice.noCache ? "true" : null],
    ["no-cache-filter", several(anewOf(choice))],
    ["pull", choice.pull ? "true" : null],
    ["output", choice.output === "discard" ? list(["type=cacheonly"]) : null],
  ];
  return attributes.filter((attribute): attribute is [string, string] => attribute[1] !== null);
}

const isMain = ({ main }: BuildTarget) => main;

/** Bake's names take no dot (bake.go, validTargetNameChars), and no two may be the same. */
function named(targets: readonly BuildTarget[]): BuildTarget[] {
  // A target named default would be hidden by the group.
  const taken = new Set(["default"]);
  return targets.map((target) => {
    const wish = target.name.replaceAll(".", "-");
    let name = wish;
    for (let nth = 2; taken.has(name); nth++) name = `${wish}-${nth}`;
    taken.add(name);
    return { ...target, name };
  });
}

interface Argument {
  name: string;
  /** null: the Dockerfile's own default holds */
  value: string | null;
  /** what the Dockerfile says of its default */
  declared: string | null;
  /** It can be a variable: the name is one in HCL, and nobody's environment sets it by chance. */
  variable: boolean;
}

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** Set in every shell: as variables they would change the build without anybody's wish. */
const EVERYWHERE =
  /^(PATH|HOME|USER|LOGNAME|SHELL|PWD|OLDPWD|LANG|LC_\w+|TERM|TMPDIR|HOSTNAME|EDITOR|SHLVL|_|BAKE_\w+|BUILDX_\w+|DOCKER_\w+)$/;
/** BuildKit gives these itself (dockerfile2llb, platform.go). */
const PREDEFINED = /^(TARGET|BUILD)(PLATFORM|OS|OSVERSION|ARCH|VARIANT)$|^TARGETSTAGE$/;

function argsOf({ tree, choice }: BuildFile): Argument[] {
  const declared = new Map<string, string | null>();
  for (const { keyword, args } of tree.instructions) {
    if (keyword !== "ARG") continue;
    for (const { value } of args) {
      const [, name = "", rest] = /^([^=]*)(?:=([\s\S]*))?$/.exec(value) ?? [];
      if (name !== "" && !PREDEFINED.test(name)) declared.set(name, declared.get(name) ?? rest ?? null);
    }
  }
  const names = new Set([...declared.keys(), ...Object.keys(choice.buildArgs)]);
  return [...names].flatMap((name): Argument[] => {
    const value = Object.hasOwn(choice.buildArgs, name) ? (choice.buildArgs[name] ?? null) : null;
    const variable = IDENTIFIER.test(name) && !EVERYWHERE.test(name);
    if (!variable && value === null) return [];
    return [{ name, value, declared: declared.get(name) ?? null, variable }];
  });
}

function variableBlock({ name, value, declared }: Argument): string {
  const attributes: [string, string][] = [["default", value === null ? "null" : quoteHcl(value)]];
  const text = declared?.replace(/[\p{Control}\u2028\u2029]+|\p{Surrogate}/gu, " ").trim();
  const hint = value === null && text ? `# null: the Dockerfile's own default, ${text}\n` : "";
  return `${hint}${block("variable", name, attributes)}`;
}

function block(kind: string, label: string, attributes: readonly [string, string][]): string {
  const width = Math.max(...attributes.map(([name]) => name.length));
  const lines = attributes.map(([name, value]) => `  ${name.padEnd(width)} = ${value}\n`);
  return `${kind} ${quoteHcl(label)} {\n${lines.join("")}}\n`;
}

function object(entries: readonly (readonly [name: string, value: string])[]): string {
  return `{\n${entries.map(([name, value]) => `    ${quoteHcl(name)} = ${value}\n`).join("")}  }`;
}

const argument = ({ name, value, variable }: Argument) =>
  [name, variable ? name : value === null ? "null" : quoteHcl(value)] as const;

/** Null where there is nothing to say. */
function texts(record: Readonly<Record<string, string>> = {}): string | null {
  const entries = Object.entries(record).map(([name, value]) => [name, quoteHcl(value)] as const);
  return entries.length > 0 ? object(entries) : null;
}

const several = (items: readonly string[]) => (items.length > 0 ? list(items) : null);
const list = (items: readonly string[]) => `[${items.map(quoteHcl).join(", ")}]`;

/**
 * A quoted template of HCL's native syntax (hclsyntax/spec.md) that holds nothing but its text: `${` and `%{`, which
 * begin a template, are broken up by an escape of their first sign, since `$${` is read in two ways after another `$`.
 */
export function quoteHcl(text: string): string {
  const escaped = text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/["\\]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replace(/\p{Control}/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/([$%]+)\{/g, (_, signs: string) =>
      signs.length === 1
        ? `${signs}${signs}{`
        : `${signs.slice(0, -1)}\\u00${signs.endsWith("$") ? "24" : "25"}{`,
    );
  return `"${escaped}"`;
}
