/** What a search finds in the graph: stages, images and instructions, by every word that is looked for. */
import type { Found } from "@/components/canvas/canvas-state";
import type { Place } from "@/components/canvas/steps";
import type { StageGraph } from "@/lib/graph/types";

/** The words of a query, in small letters; none where there is nothing to look for. */
export function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether each word is in the text somewhere, whatever its case. */
export function hasWords(text: string, words: readonly string[]): boolean {
  const small = text.toLowerCase();
  return words.every((word) => small.includes(word));
}

/** In the order of the file, images last. A card counts by what its head says, a row by its whole instruction. */
export function findPlaces({ stages, images }: StageGraph, query: string): Place[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const places: Place[] = [];
  for (const { id, index, label, baseText, platform, comment, rows } of stages) {
    const head = `${index} ${label} FROM ${platform ? `--platform=${platform} ` : ""}${baseText} ${comment ?? ""}`;
    if (hasWords(head, words)) places.push({ node: id, instruction: null });
    for (const { instruction, keyword, text } of rows) {
      if (hasWords(`${keyword} ${text}`, words)) places.push({ node: id, instruction });
    }
  }
  for (const { id, ref } of images) {
    if (hasWords(ref, words)) places.push({ node: id, instruction: null });
  }
  return places;
}

export function foundOf(places: readonly Place[]): Found {
  const found = new Map<string, Set<number>>();
  for (const { node, instruction } of places) {
    const at = found.get(node) ?? new Set();
    found.set(node, at.add(instruction ?? 0));
  }
  return found;
}
