/** Several paths in one field, as a shell would read them: blanks part them, double quotes keep blanks. */

export function joinPaths(paths: readonly string[]): string {
  return paths.map((path) => (/[\s"]/.test(path) ? `"${path.replace(/["\\]/g, "\\$&")}"` : path)).join(" ");
}

export function splitPaths(text: string): string[] {
  const found = text.matchAll(/"((?:[^"\\]|\\.)*)"?|\S+/g);
  return [...found].map(([word, quoted]) => (quoted === undefined ? word : quoted.replace(/\\(.)/g, "$1")));
}
