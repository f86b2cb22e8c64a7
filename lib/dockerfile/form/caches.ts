import { planEdit } from "../edits";
import { mountOption, readMount } from "../mounts";
import { type Context, type FieldSpec, field } from "./context";
import type { CacheSuggestion } from "./types";

/** What package managers and compilers keep, and where (each tool's own documentation, for root on Linux). */
const TOOLS: readonly [command: RegExp, tool: string, targets: readonly string[], locked?: true][] = [
  [/\bapt(?:-get)?\b/, "apt", ["/var/cache/apt", "/var/lib/apt"], true],
  [/\bapk\b/, "apk", ["/var/cache/apk"], true],
  [/\bdnf\b/, "dnf", ["/var/cache/dnf"], true],
  [/\bgo (?:build|test|install|mod|run|vet)\b/, "go", ["/root/.cache/go-build", "/go/pkg/mod"]],
  [/\bnpm\b/, "npm", ["/root/.npm"]],
  [/\byarn\b/, "yarn", ["/usr/local/share/.cache/yarn"]],
  [/\bpnpm\b/, "pnpm", ["/root/.local/share/pnpm/store"]],
  [/\bpip3?\b/, "pip", ["/root/.cache/pip"]],
  [/\bpoetry\b/, "poetry", ["/root/.cache/pypoetry"]],
  [/\buv\b/, "uv", ["/root/.cache/uv"]],
  [/\bcargo\b/, "cargo", ["/usr/local/cargo/registry", "/usr/local/cargo/git/db"]],
  [/\bmvnw?\b/, "mvn", ["/root/.m2"]],
  [/\bgradlew?\b/, "gradle", ["/root/.gradle"]],
  [/\bdotnet\b/, "dotnet", ["/root/.nuget/packages"]],
  [/\bcomposer\b/, "composer", ["/root/.composer/cache"]],
  [/\bbundle\b/, "bundler", ["/usr/local/bundle/cache"]],
  [/\bccache\b/, "ccache", ["/root/.cache/ccache"]],
];

/** Directories that a RUN keeps from build to build. */
export const cachesField: FieldSpec = field<"caches">(
  (context) => {
    const value = cachesOf(context).map(({ target }) => target);
    return {
      kind: "caches",
      id: "caches",
      label: "Cache mounts",
      hint: "Directories kept from build to build; what lies in them is not in the image.",
      value,
      suggestions: suggestionsFor(context).filter(({ target }) => !value.includes(target)),
    };
  },
  (context, targets) => {
    const before = cachesOf(context);
    const odd = targets.find((target) => target === "" || /[\s,"']/.test(target));
    if (odd !== undefined) {
      return { reason: odd === "" ? "Say which directory." : `"${odd}" cannot be written here.` };
    }
    const at = { stage: 0, instruction: 1 };
    const changed = before.findIndex(({ target }, index) => target !== targets[index]);
    if (targets.length === before.length) {
      if (changed === -1) return [];
      const rest = before
        .slice(changed + 1)
        .every(({ target }, index) => target === targets[changed + 1 + index]);
      if (!rest) return { reason: "Change one directory at a time." };
      const mount = before[changed]!.mount;
      return edits(
        planEdit(context.tree, {
          type: "setMountOption",
          ...at,
          mount,
          option: "target",
          value: targets[changed]!,
        }),
      );
    }
    if (targets.length === before.length + 1) {
      const target = targets.at(-1)!;
      const sharing = suggestionsFor(context).find((each) => each.target === target)?.sharing;
      const options: [string, string][] = [
        ["type", "cache"],
        ["target", target],
      ];
      if (sharing) options.push(["sharing", sharing]);
      return edits(planEdit(context.tree, { type: "addMount", ...at, options }));
    }
    if (targets.length === before.length - 1) {
      const mount = before[changed]!.mount;
      return edits(planEdit(context.tree, { type: "removeMount", ...at, mount }));
    }
    return { reason: "Change one directory at a time." };
  },
);

const edits = (result: ReturnType<typeof planEdit>) => (result.ok ? result.edits : { reason: result.reason });

/** The cache mounts of a RUN; `mount` counts all its mounts. */
function cachesOf({ node }: Context): { mount: number; target: string }[] {
  return node.flags
    .filter(({ name }) => name === "mount")
    .flatMap(({ value }, mount) => {
      const read = readMount(value ?? "");
      if ("error" in read || mountOption(read, "type") !== "cache") return [];
      return [{ mount, target: mountOption(read, "target", "dst", "destination") ?? "" }];
    });
}

function suggestionsFor({ node, tree }: Context): CacheSuggestion[] {
  const command = tree.source.slice(node.argsRange.start, node.range.end);
  return TOOLS.filter(([pattern]) => pattern.test(command)).flatMap(([, tool, targets, locked]) =>
    targets.map((target) => ({ tool, target, ...(locked && { sharing: "locked" as const }) })),
  );
}
