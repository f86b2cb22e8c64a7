/** Words that name what files are taken from. */
import { isAscii, toLower } from "./characters";
import { readInt64 } from "./numbers";
import { quote } from "./quote";
import { expand } from "./shell";
import type { ReferenceTarget, StageReference } from "./types";

export function imageTarget(name: string): ReferenceTarget {
  return name === "scratch" ? { kind: "scratch" } : { kind: "image", ref: name };
}

/** What a file's stages are called, and the images that instructions name: what files can be taken from. */
export class SourceNames {
  /** the last stage of a name */
  readonly byName = new Map<string, number>();
  /** those that BuildKit appends to its list of stages as it meets them, where a number may find them */
  readonly #images: string[] = [];
  /** words of a COPY that are known to be names */
  readonly #plain = new Set<string>();
  /** a number was asked for that only images can have */
  countsImages = false;

  constructor(
    readonly stageCount: number,
    readonly escapeToken: string,
  ) {}

  /** What a `COPY --from` or a mount names; null is a mount that names nothing. */
  find(kind: StageReference["kind"], raw: string | null): ReferenceTarget {
    // It looks for a stage called scratch all the same.
    if (raw === null) return this.#named("scratch");
    if (kind !== "copy" || this.#plain.has(raw)) return this.#named(raw);
    const reason = fromProblem(raw, this.escapeToken);
    if (reason !== null) return { kind: "invalid", reason };
    const number = stageNumber(raw);
    if (number !== null) return this.#numbered(number);
    this.#plain.add(raw);
    return this.#named(raw);
  }

  /** Notes what an instruction names, so that numbers of later ones find it. */
  note(target: ReferenceTarget): void {
    if (target.kind === "image") this.#images.push(target.ref);
    else if (target.kind === "scratch") this.#images.push("scratch");
  }

  #named(name: string): ReferenceTarget {
    const index = this.byName.get(toLower(name));
    return index === undefined ? imageTarget(name) : { kind: "stage", index };
  }

  #numbered(number: number): ReferenceTarget {
    if (number >= 0 && number < this.stageCount) return { kind: "stage", index: number };
    this.countsImages = true;
    const image = this.#images[number - this.stageCount];
    return image === undefined
      ? { kind: "invalid", reason: `invalid stage index ${number}` }
      : imageTarget(image);
  }
}

/** BuildKit's words where files are taken from a stage before it is there. */
export function notThereYet(
  { kind, raw, destination }: { kind: string; raw: string; destination?: string },
  user: string,
): string {
  return kind === "copy"
    ? `cannot copy from stage ${quote(raw)}, it needs to be defined before current stage ${quote(user)}`
    : `cannot mount from stage ${quote(raw)} to ${quote(destination ?? "")}, stage needs to be defined before current command`;
}

/** Why no `COPY --from` can have this word, in BuildKit's words, or null (convert.go, toCommand). */
function fromProblem(raw: string, escapeToken: string): string | null {
  if (!needsLexer(raw, escapeToken)) return null;
  const expanded = expand(raw, new Map(), { escape: escapeToken });
  if (!expanded.ok) return expanded.error;
  return expanded.value === raw
    ? null
    : "variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround";
}

/** Whether a word can be anything but itself once the shell's lexer has read it. */
export function needsLexer(word: string, escapeToken: string): boolean {
  return /[$"']/.test(word) || word.includes(escapeToken) || !isAscii(word);
}

/** strconv.Atoi; null where it is no number, or too large for one. */
export function stageNumber(text: string): number | null {
  const number = readInt64(text);
  return number === null ? null : Number(number);
}
