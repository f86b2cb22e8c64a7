/**
 * The commands once they are loaded: those who edit have them from the start, a page that only shows a document when it
 * has drawn it, or when the first of them is asked for.
 */
import type { Command } from "./types";

let known: readonly Command[] = [];
const waiting = new Set<() => void>();

/** For ./index, which has them all. */
export function provideCommands(commands: readonly Command[]): void {
  known = commands;
  for (const tell of waiting) tell();
}

/** Those that are loaded: all or none. */
export const knownCommands = (): readonly Command[] => known;

export const knownCommand = (id: string): Command | undefined => known.find((each) => each.id === id);

/** Calls back when they are loaded; gives back what ends that. */
export function whenKnown(tell: () => void): () => void {
  waiting.add(tell);
  return () => waiting.delete(tell);
}

export const loadCommands = () => import("./index");
