/** Which commands were used last, in this browser. */
const KEY = "stagecraft-recent-commands";
const KEPT = 8;

/** Ids, the last used first; of commands that are gone as well. */
export function recentlyUsed(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string").slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function noteUse(id: string): void {
  try {
    const ids = [id, ...recentlyUsed().filter((other) => other !== id)].slice(0, KEPT);
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // Without storage nothing is remembered; that is all.
  }
}
