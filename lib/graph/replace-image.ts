/** One image for another, wherever a file uses it: as the edits that say so. */
import { type Dockerfile, type DockerfileEdit, globalArgsOf, namesIn } from "../dockerfile";

/** A FROM that gets its image from a global ARG. */
export interface VariableBase {
  stage: number;
  line: number;
  /** as written: golang:${GO_VERSION} */
  text: string;
  /** the ARG whose default can say the other image; null where none can alone */
  arg: { index: number; name: string; line: number; value: string } | null;
}

export interface Replacement {
  /** FROM, COPY --from and mounts that name the image themselves */
  plain: readonly DockerfileEdit[];
  variable: readonly VariableBase[];
}

/** `ref` is the image as the graph has it, variables expanded. */
export function planReplacement(tree: Dockerfile, ref: string, to: string): Replacement {
  const plain: DockerfileEdit[] = [];
  const variable: VariableBase[] = [];
  const image = { kind: "image", ref: to } as const;
  for (const stage of tree.stages) {
    const nth = new Map<number, number>();
    for (const reference of [stage.base, ...stage.copies, ...stage.mounts]) {
      const instruction = reference.instruction.indexInStage;
      const place = nth.get(instruction) ?? 0;
      nth.set(instruction, place + 1);
      const { target } = reference;
      if (target.kind === "scratch" ? ref !== "scratch" : target.kind !== "image" || target.ref !== ref)
        continue;
      if (reference.kind !== "from") {
        plain.push({
          type: "retargetReference",
          stage: stage.index,
          instruction,
          reference: place,
          to: image,
        });
      } else if (namesIn(stage.baseText).length === 0) {
        plain.push({ type: "setBase", stage: stage.index, base: image });
      } else variable.push(variableBase(tree, stage.index, to));
    }
  }
  return { plain, variable };
}

/** What a FROM with variables in it could be changed by, so that it means `to`. */
export function variableBase(tree: Dockerfile, stage: number, to: string): VariableBase {
  const { baseText, base } = tree.stages[stage]!;
  return { stage, line: base.instruction.startLine, text: baseText, arg: argumentFor(tree, baseText, to) };
}

/** The one variable of the word, given what is left of `to` between the fixed parts around it. */
function argumentFor(tree: Dockerfile, text: string, to: string): VariableBase["arg"] {
  const match = /^([^$"'\\`]*)\$(?:\{(\w+)(?::?-[^}$]*)?\}|(\w+))([^$"'\\`]*)$/.exec(text);
  if (!match) return null;
  const [, before = "", braced, bare, behind = ""] = match;
  const name = braced ?? bare;
  const index = globalArgsOf(tree).findLastIndex((arg) => arg.name === name);
  const arg = globalArgsOf(tree)[index];
  if (!arg || !to.startsWith(before) || !to.endsWith(behind)) return null;
  const value = to.slice(before.length, to.length - behind.length);
  if (value === "" || before.length + behind.length >= to.length) return null;
  return { index, name: arg.name, line: arg.instruction.startLine, value };
}

/** The whole of it as edits: by the ARGs' defaults where that goes, or written into every FROM. */
export function replacementEdits(
  { plain, variable }: Replacement,
  to: string,
  way: "argument" | "text",
): DockerfileEdit[] {
  const edits = [...plain];
  const set = new Set<number>();
  for (const { stage, arg } of variable) {
    if (way === "text" || arg === null)
      edits.push({ type: "setBase", stage, base: { kind: "image", ref: to } });
    else if (!set.has(arg.index)) {
      set.add(arg.index);
      edits.push({ type: "setGlobalArg", arg: arg.index, value: arg.value });
    }
  }
  return edits;
}
