import { isHeredoc } from "../heredocs";

/** The arguments of a COPY, ready to be written, or why they cannot be. */
export function checkPaths(
  sources: readonly string[],
  destination: string,
): { sources: readonly string[]; destination: string; notes: string[] } | { reason: string } {
  if (sources.length === 0 || sources.includes("")) return { reason: "Say at least one path to copy." };
  if (destination === "") return { reason: "Say where the files should go." };
  for (const path of [...sources, destination]) {
    if (/[\n\r]/.test(path)) return { reason: "A path cannot have a line break in it." };
    if (isHeredoc(path)) return { reason: `"${path}" would be read as a heredoc.` };
  }
  if (sources.length > 1 && !destination.endsWith("/")) {
    const notes = ['With several sources the destination is a directory, so a "/" is added to it.'];
    return { sources, destination: `${destination}/`, notes };
  }
  return { sources, destination, notes: [] };
}

/** Paths as words, or as a JSON array where one would fall apart as a word. */
export function writePaths(paths: readonly string[], json: boolean): string {
  return json || needsJson(paths) ? JSON.stringify(paths).replaceAll('","', '", "') : paths.join(" ");
}

/** Whether paths can be written in the JSON form only. */
export function needsJson(paths: readonly string[]): boolean {
  return paths.some((path) => /[\s\v\f]/.test(path)) || /^(?:\[|--)/.test(paths[0] ?? "");
}
