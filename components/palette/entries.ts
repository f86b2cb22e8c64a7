/** What the palette offers: commands, and places to go to; which of them a query finds, best first. */
import { defaultFilter } from "cmdk";
import { hasWords, wordsOf } from "./matches";

export interface Entry {
  id: string;
  group: string;
  title: string;
  /** Beside the title: where it is, what it stands for. */
  note?: string;
  /** Key, as people read it. */
  keys?: string;
  /** Why it can't be done now; null where it can. */
  reason?: string | null;
  /** Further words that it is found by. */
  words?: string;
  /** Found by whole words instead of by letters: for long texts, in which nearly all letters are somewhere. */
  exact?: boolean;
  perform(): void;
}

export interface EntryGroup {
  name: string;
  entries: Entry[];
}

/** Below it the letters are there, but far apart. */
const LEAST = 0.02;
/** Places of one kind that are shown; who looks for more types more. */
const MOST = 8;
/** Commands come before places that fit as well. */
const COMMANDS_FIRST = 1.1;

/** Without a query: what was used last, then all commands, then stages. With one: what fits, the best group first. */
export function arrange(
  commands: readonly Entry[],
  places: readonly Entry[],
  query: string,
  recent: readonly string[],
): EntryGroup[] {
  if (query.trim() === "") {
    const used = recent.flatMap((id) => commands.filter((entry) => entry.id === id)).slice(0, 4);
    const again = used.map((entry) => ({ ...entry, id: `recent:${entry.id}`, group: "Used last" }));
    const stages = places.filter(({ group }) => group === "Stages").slice(0, MOST);
    return grouped([...again, ...commands, ...stages]);
  }
  const words = wordsOf(query);
  const scored = [
    ...commands.map((entry) => ({ entry, score: scoreOf(entry, query, words) * COMMANDS_FIRST })),
    ...places.map((entry) => ({ entry, score: scoreOf(entry, query, words) })),
  ]
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score);
  return grouped(scored.map(({ entry }) => entry)).map(({ name, entries }) => ({
    name,
    entries: commands.some(({ group }) => group === name) ? entries : entries.slice(0, MOST),
  }));
}

function scoreOf({ title, note = "", words = "", exact }: Entry, query: string, wanted: readonly string[]) {
  if (exact) return hasWords(`${title} ${note}`, wanted) ? 0.5 : 0;
  const beside = Math.max(defaultFilter(note, query), defaultFilter(words, query));
  return Math.max(defaultFilter(title, query), beside / 2);
}

function grouped(entries: readonly Entry[]): EntryGroup[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups].map(([name, members]) => ({ name, entries: members }));
}
