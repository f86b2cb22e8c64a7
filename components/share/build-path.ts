/** Where a build has a page of its own: beneath the page of its document, one's own or of a link. `at` is either's. */
export function buildPath(at: string, build: string): string {
  return `${at.replace(/(?:\/builds\/[^/]+)?\/*$/, "")}/builds/${encodeURIComponent(build)}`;
}
