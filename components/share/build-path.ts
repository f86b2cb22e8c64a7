/** Where a build has a page of its own: beneath the page of its document, one's own or of a link. */
export function buildPath(document: string, build: string): string {
  return `${document.replace(/\/+$/, "")}/builds/${encodeURIComponent(build)}`;
}
