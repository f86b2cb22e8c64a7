import { called } from "../../edits/names";
import type { Dockerfile, Instruction, Stage } from "../../types";
import type { GraphRule } from "./rule";

/** Directories that every image's own files or a package manager may have filled. */
const SYSTEM =
  /^\/(?:bin|boot|dev|etc|home|lib|lib32|lib64|libx32|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/|$)/;

/** How many characters are searched in a file, at most: with thousands of copies from long stages this says no more. */
const MOST_SEARCHED = 20_000_000;

/**
 * A path that nothing in the stage it comes from speaks of. A command can make what it does not name, and a base image
 * brings files of its own, so this says "maybe", and says nothing of the places where such files usually are.
 */
export const copyFromNowhere: GraphRule = {
  name: "CopyFromNowhere",
  description: "A copy takes a path that no instruction of its stage names",
  check(tree, report) {
    const texts = new Texts(tree);
    for (const { copies } of tree.stages) {
      for (const { target, sources, instruction } of copies) {
        const source = target.kind === "stage" ? tree.stages[target.index] : undefined;
        if (source === undefined) continue;
        for (const path of sources ?? []) {
          if (!couldBeNamed(path) || mentions(texts, source, path)) continue;
          const arg = instruction.args.find(({ value }) => value === path);
          const message = `Nothing in ${called(source)} names ${path}: maybe it is another path`;
          report(instruction, message, arg?.range ?? instruction.keywordRange);
        }
      }
    }
  },
};

function couldBeNamed(path: string): boolean {
  return path.length > 1 && !/[$*?[\]\\"']/.test(path);
}

/** Whether the stage, or one it is built on, has a word with the path, a directory above it, or its last part. */
function mentions(texts: Texts, source: Stage, written: string): boolean {
  const path = `/${written
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/")}`;
  const parts = path.split("/").slice(1);
  const wanted = [
    parts[parts.length - 1] as string,
    ...parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`),
  ];
  for (let stage: Stage | undefined = source; stage !== undefined; stage = texts.baseOf(stage)) {
    const { text, filled, runs } = texts.of(stage);
    if (filled || texts.exhausted || wanted.some((word) => text.includes(word))) return true;
    if (SYSTEM.test(path) && (stage.base.target.kind === "image" || runs)) return true;
  }
  return false;
}

/** What the instructions of stages say, each read once. */
class Texts {
  readonly #known = new Map<Stage, { text: string; filled: boolean; runs: boolean }>();
  #searched = 0;

  constructor(readonly tree: Dockerfile) {}

  get exhausted(): boolean {
    return this.#searched > MOST_SEARCHED;
  }

  of(stage: Stage) {
    let known = this.#known.get(stage);
    if (known === undefined) {
      const instructions = stage.instructions.slice(1);
      known = {
        text: instructions.map(textOf).join("\n"),
        // Copied as a whole into the root or to where the stage works: what is in it is not known here.
        filled: instructions.some(copiesIntoRoot),
        runs: instructions.some(({ keyword }) => keyword === "RUN"),
      };
      this.#known.set(stage, known);
    }
    this.#searched += known.text.length + 1;
    return known;
  }

  /** A base is always a stage further up. */
  baseOf({ base }: Stage): Stage | undefined {
    return base.target.kind === "stage" ? this.tree.stages[base.target.index] : undefined;
  }
}

function textOf(instruction: Instruction): string {
  return [instruction.text, ...instruction.heredocs.map(({ content }) => content)].join("\n");
}

function copiesIntoRoot(instruction: Instruction): boolean {
  if (instruction.keyword !== "COPY" && instruction.keyword !== "ADD") return false;
  const destination = instruction.args[instruction.args.length - 1]?.value ?? "";
  return destination === "/" || destination.includes("$") || /^\.{0,2}\/?$/.test(destination);
}
