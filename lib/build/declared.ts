/** What a Dockerfile asks the one who builds it for: build arguments, secrets and ssh keys, to be filled in as a form. */
import {
  type Dockerfile,
  globalArgsOf,
  type Instruction,
  type Mount,
  mountOption,
  readMount,
  takersOf,
} from "../dockerfile";
import { splitArg } from "../dockerfile/variables";
import { DEFAULT_SSH_ID } from "./options";

export interface DeclaredArg {
  name: string;
  /** As written, quotes included; null where nothing is taken unless it is given. */
  fallback: string | null;
  /** What the comment above says of it. */
  comment: string | null;
  /** Indices of the stages that take its value, in order. */
  stages: readonly number[];
}

/** BuildKit fills these in itself (the Dockerfile reference, “Automatic platform ARGs in the global scope”). */
const AUTOMATIC = /^(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT)$|^TARGETSTAGE$/;

/** Global ones first, then those of stages; a name once, with the default that comes first. */
export function declaredArgs(tree: Dockerfile): DeclaredArg[] {
  const found = new Map<string, DeclaredArg & { stages: number[] }>();
  for (const { name, value, comment } of globalArgsOf(tree)) {
    if (AUTOMATIC.test(name) || found.has(name)) continue;
    const stages = takersOf(tree, name).flatMap(({ stage }) => (stage === null ? [] : [stage]));
    found.set(name, { name, fallback: value, comment, stages: [...new Set(stages)] });
  }
  for (const { index, instructions } of tree.stages) {
    for (const { keyword, args } of instructions) {
      if (keyword !== "ARG") continue;
      for (const { value: word } of args) {
        const { name, value } = splitArg(word);
        if (AUTOMATIC.test(name)) continue;
        const known = found.get(name);
        if (!known) found.set(name, { name, fallback: value, comment: null, stages: [index] });
        else {
          known.fallback ??= value;
          if (!known.stages.includes(index)) known.stages.push(index);
        }
      }
    }
  }
  return [...found.values()];
}

/** What a step asks for with a mount, by its id: a secret, or an ssh key. */
export interface DeclaredMount {
  id: string;
  /** A step fails without it. */
  required: boolean;
  stages: readonly number[];
}

type MountKind = "secret" | "ssh";

/** Secrets that some `RUN --mount=type=secret` asks for, in the order of the text. */
export const declaredSecrets = (tree: Dockerfile): DeclaredMount[] => declaredMounts(tree, "secret");

/** Ssh keys that some `RUN --mount=type=ssh` asks for, in the order of the text. */
export const declaredSshKeys = (tree: Dockerfile): DeclaredMount[] => declaredMounts(tree, "ssh");

function declaredMounts(tree: Dockerfile, kind: MountKind): DeclaredMount[] {
  const found = new Map<string, { id: string; required: boolean; stages: number[] }>();
  for (const { index, instructions } of tree.stages) {
    for (const instruction of instructions) {
      for (const { id, required } of mountsOf(instruction, kind)) {
        const known = found.get(id);
        if (!known) found.set(id, { id, required, stages: [index] });
        else {
          known.required ||= required;
          if (!known.stages.includes(index)) known.stages.push(index);
        }
      }
    }
  }
  return [...found.values()];
}

/** As BuildKit reads them (dockerfile2llb/convert_secrets.go, convert_ssh.go). */
function mountsOf({ keyword, flags }: Instruction, kind: MountKind): { id: string; required: boolean }[] {
  if (keyword !== "RUN") return [];
  return flags.flatMap(({ name, value }) => {
    if (name !== "mount" || value === null) return [];
    const mount = readMount(value);
    if ("error" in mount || mountOption(mount, "type")?.toLowerCase() !== kind) return [];
    const id = mountOption(mount, "id") || idWithout(mount, kind);
    if (!id || id.includes("$")) return [];
    const required = mount.options.findLast(({ key }) => key === "required");
    return [{ id, required: required !== undefined && required.value?.toLowerCase() !== "false" }];
  });
}

/** Without an id, a secret has the last part of its target, and a key is the default one. */
function idWithout(mount: Mount, kind: MountKind) {
  if (kind === "ssh") return DEFAULT_SSH_ID;
  return mountOption(mount, "target", "dst", "destination")?.split("/").filter(Boolean).at(-1);
}
