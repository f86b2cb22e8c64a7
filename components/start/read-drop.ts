/** Reads what was dropped on the page: a folder, loose files, an archive, or a Dockerfile. */

import type { Dropped, PickedFile } from "./picked-files";
import { isDockerfileName } from "./read-dockerfile";

/** To be called within the drop event: afterwards the browser forgets what was dropped. */
export function readDrop(data: DataTransfer): Dropped {
  const entries = [...data.items]
    .filter(({ kind }) => kind === "file")
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  const files = [...data.files];
  const [first] = entries;
  const [file] = files;
  if (!first && file) return chosenFiles(files)!;
  if (!first || !file) {
    return {
      kind: "refused",
      reason: "Drop a folder, files or an archive as the build context, or a Dockerfile.",
    };
  }
  if (entries.length === 1 && !first.isDirectory) return oneFile(file);
  const [only] = entries.length === 1 ? entries : [];
  return {
    kind: "files",
    name: only?.name ?? `${entries.length} items`,
    async read(onFound, signal) {
      const found: PickedFile[] = [];
      const report = () => onFound(found.length);
      if (only) await walk(only as FileSystemDirectoryEntry, "", found, report, signal);
      else for (const entry of entries) await take(entry, "", found, report, signal);
      return found;
    },
  };
}

function looseFiles(files: readonly File[]): Dropped {
  return {
    kind: "files",
    name: `${files.length} files`,
    read: async () => files.map((file) => ({ path: file.name, file })),
  };
}

/** Files that were chosen: one may be an archive, several are a context as they are. */
export function chosenFiles(files: readonly File[]): Dropped | null {
  const [first] = files;
  if (!first) return null;
  return files.length === 1 ? oneFile(first) : looseFiles(files);
}

/** What a single file is meant as. */
export function oneFile(file: File): Dropped {
  if (/\.(zip|tar|tgz|tar\.gz)$/i.test(file.name) || file.type === "application/zip") {
    return { kind: "archive", file };
  }
  if (/\.(t[bx]z2?|tzst|bz2|xz|zst|7z|rar)$/i.test(file.name)) {
    return {
      kind: "refused",
      reason: `${file.name}: of archives only .zip, .tar and .tar.gz can be read. Unpack it and drop the folder.`,
    };
  }
  if (isDockerfileName(file.name)) return { kind: "dockerfile", file };
  return { kind: "files", name: file.name, read: async () => [{ path: file.name, file }] };
}

type Report = () => void;

async function take(
  entry: FileSystemEntry,
  prefix: string,
  found: PickedFile[],
  report: Report,
  signal: AbortSignal,
) {
  signal.throwIfAborted();
  const path = prefix + entry.name;
  if (entry.isDirectory) return walk(entry as FileSystemDirectoryEntry, `${path}/`, found, report, signal);
  const file = await new Promise<File>((resolve, reject) =>
    (entry as FileSystemFileEntry).file(resolve, reject),
  );
  found.push({ path, file });
  if (found.length % 250 === 0) report();
}

async function walk(
  folder: FileSystemDirectoryEntry,
  prefix: string,
  found: PickedFile[],
  report: Report,
  signal: AbortSignal,
) {
  const reader = folder.createReader();
  // A reader hands out a hundred entries at a time, and none at its end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const entry of some) await take(entry, prefix, found, report, signal);
  }
}
