/** What an instruction says, to be compared: white space and line breaks between its words left out. */
import type { Instruction, Stage } from "../../dockerfile";

/** Keyword, flags and arguments on one line, and the bodies of its heredocs. */
export function wordsOf({ keyword, text, heredocs }: Instruction): string {
  const bodies = heredocs.map(({ content }) => `\n${content}`);
  return `${keyword} ${text}${bodies.join("")}`;
}

/** Of every instruction but FROM, in order. */
export function wordsOfRows({ instructions }: Stage): string[] {
  return instructions.slice(1).map(wordsOf);
}

/** Instructions that a stage has one of that counts: another value is a change of the same. */
const SINGLE = new Set([
  "CMD",
  "ENTRYPOINT",
  "HEALTHCHECK",
  "MAINTAINER",
  "SHELL",
  "STOPSIGNAL",
  "USER",
  "WORKDIR",
]);
/** Those that set something by its name. */
const NAMED = new Set(["ARG", "ENV", "LABEL"]);

/**
 * How much of what two different instructions say is the same, from 0 to 1: for telling one that was changed from one
 * that was removed beside another that was added.
 */
export function likeness(
  a: Pick<Instruction, "keyword" | "text">,
  b: Pick<Instruction, "keyword" | "text">,
): number {
  if (a.keyword !== b.keyword) return 0;
  const shared = sharedPart(tokensOf(a.text), tokensOf(b.text));
  if (SINGLE.has(a.keyword)) return Math.max(0.5, shared);
  if (NAMED.has(a.keyword)) return nameIn(a.text) === nameIn(b.text) ? Math.max(0.5, shared) : 0;
  return shared;
}

/** Below it two instructions are not the same one changed. */
export const ALIKE = 0.3;

const nameIn = (text: string) => text.split(/[=\s]/, 1)[0]!.toLowerCase();

/** Words and numbers; what only joins them says nothing. */
const tokensOf = (text: string) => text.match(/[^\s&|;\\"',[\]]*\w[^\s&|;\\"',[\]]*/g) ?? [];

/** Of the longer list, the part that the other has, too. */
function sharedPart(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const token of a) left.set(token, (left.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of b) {
    const count = left.get(token) ?? 0;
    if (count === 0) continue;
    left.set(token, count - 1);
    shared++;
  }
  return shared / Math.max(1, a.length, b.length);
}
