/** The ARGs before the first FROM, one by one, and which instructions take their values. */
import type { TextRange } from "../text";
import type { Dockerfile, Instruction } from "./types";
import { splitArg } from "./variables";

export interface GlobalArg {
  name: string;
  /** its default as written behind the `=`, quotes included; null without one */
  value: string | null;
  instruction: Instruction;
  /** the whole word, `NAME=value` */
  range: TextRange;
  /** what the comment above says of it, as BuildKit reads descriptions */
  comment: string | null;
}

/** In the order of the text; several of one ARG instruction count one by one. */
export function globalArgsOf({ globalArgs }: Pick<Dockerfile, "globalArgs">): GlobalArg[] {
  return globalArgs
    .filter(({ keyword }) => keyword === "ARG")
    .flatMap((instruction) =>
      instruction.args.map(({ value: word, range }) => {
        const { name, value } = splitArg(word);
        return { name, value, instruction, range, comment: commentOn(instruction, name) };
      }),
    );
}

function commentOn({ comments }: Instruction, name: string): string | null {
  const line = comments.find((each) => each.startsWith(`${name} `));
  return line?.slice(name.length).trim() || null;
}

/**
 * Where the value of a global ARG is taken: a FROM that names it, the default of another global ARG, and an ARG of a
 * stage without a default of its own. Nothing else sees it.
 */
export function takersOf(tree: Dockerfile, name: string): Instruction[] {
  const takes = (text: string) => namesIn(text).includes(name);
  const globals = tree.globalArgs.filter(
    ({ keyword, args }) => keyword === "ARG" && args.some(({ value }) => takes(value)),
  );
  const inStages = tree.stages.flatMap(({ instructions, baseText, platform }) =>
    instructions.filter(({ keyword, args, indexInStage }) =>
      indexInStage === 0
        ? takes(baseText) || (platform !== null && takes(platform))
        : keyword === "ARG" && args.some(({ value }) => value === name),
    ),
  );
  return [...globals, ...inStages];
}

/** Names of the variables that a word uses, `$name` and `${name…}`. */
export function namesIn(word: string): string[] {
  return [...word.matchAll(/\$(?:\{([A-Za-z_]\w*)|([A-Za-z_]\w*))/g)].map(
    ([, braced, bare]) => (braced ?? bare)!,
  );
}
