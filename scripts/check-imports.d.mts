/** What a file does against the rules; empty when it keeps them. `path` is from the repository's root. */
export function checkFile(path: string, source: string): { line: number; message: string }[];
