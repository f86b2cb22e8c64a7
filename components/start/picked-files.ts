/** Files that somebody dropped or chose, before they are sent: their paths, sizes, and what stands at the top. */

export interface PickedFile {
  /** Within the build context, parts joined by `/`. */
  path: string;
  file: File;
}

/** What was dropped, as far as it can be told apart before it is read. */
export type Dropped =
  | {
      kind: "files";
      name: string;
      read(onFound: (count: number) => void, signal: AbortSignal): Promise<PickedFile[]>;
    }
  | { kind: "archive"; file: File }
  | { kind: "dockerfile"; file: File }
  | { kind: "refused"; reason: string };

export interface TopEntry {
  name: string;
  folder: boolean;
  files: number;
  bytes: number;
}

/** What a context has at its top, biggest first. */
export function topEntries(files: readonly PickedFile[]): TopEntry[] {
  const entries = new Map<string, TopEntry>();
  for (const { path, file } of files) {
    const slash = path.indexOf("/");
    const name = slash < 0 ? path : path.slice(0, slash);
    const entry = entries.get(name) ?? { name, folder: slash >= 0, files: 0, bytes: 0 };
    entry.files += 1;
    entry.bytes += file.size;
    entries.set(name, entry);
  }
  return [...entries.values()].sort((a, b) => b.bytes - a.bytes || a.name.localeCompare(b.name));
}

export function totalBytes(files: readonly PickedFile[]): number {
  return files.reduce((sum, { file }) => sum + file.size, 0);
}

export function topName(path: string): string {
  return path.split("/", 1)[0] ?? path;
}

/**
 * Names at the top that a `.dockerignore` leaves out whole. Only its plain lines count: where it takes something back
 * with `!`, nothing is left out here, and the builder decides.
 */
export function ignoredAtTop(dockerignore: string): string[] {
  const lines = dockerignore.split(/\r?\n/).map((line) => line.trim());
  if (lines.some((line) => line.startsWith("!"))) return [];
  return lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.replace(/^(\*\*\/|\.?\/)/, "").replace(/(\/\*\*|\/\*?)$/, ""))
    .filter((line) => /^[^*?[\]/\\]+$/.test(line) && line !== "." && line !== "..");
}

/** Files of an `<input webkitdirectory>`: their paths begin with the folder's own name. */
export function fromFolderInput(list: FileList): { name: string; files: PickedFile[] } {
  const files = [...list].map((file) => ({
    path: file.webkitRelativePath.split("/").slice(1).join("/") || file.name,
    file,
  }));
  return { name: topName(list[0]?.webkitRelativePath ?? "") || "folder", files };
}
