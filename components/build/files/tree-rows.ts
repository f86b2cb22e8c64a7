/** The rows of a tree of files: what is open of it, and what was asked for so far. */
import type { FileEntry, FilesPage } from "@/lib/build/files/wire";

export type TreeRow =
  | { kind: "entry"; entry: FileEntry; depth: number; open: boolean }
  /** More of a folder than was asked for. */
  | { kind: "more"; folder: string; depth: number; left: number }
  | { kind: "loading"; folder: string; depth: number };

/** What was asked for of each folder, by path; "" is the root. */
export type Folders = ReadonlyMap<string, FilesPage>;

export function treeRows(folders: Folders, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (folder: string, depth: number) => {
    const page = folders.get(folder);
    if (!page) {
      rows.push({ kind: "loading", folder, depth });
      return;
    }
    for (const entry of page.entries) {
      const isOpen = entry.children > 0 && open.has(entry.path);
      rows.push({ kind: "entry", entry, depth, open: isOpen });
      if (isOpen) add(entry.path, depth + 1);
    }
    const left = page.total - page.entries.length;
    if (left > 0) rows.push({ kind: "more", folder, depth, left });
  };
  add("", 0);
  return rows;
}

export const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** "rwxr-sr-x", as ls writes it. */
export function modeInWords(mode: number): string {
  const bits = [..."rwxrwxrwx"].map((letter, at) => (mode & (0o400 >> at) ? letter : "-"));
  const special = (bit: number, at: number, letter: string) => {
    if (mode & bit) bits[at] = bits[at] === "x" ? letter : letter.toUpperCase();
  };
  special(0o4000, 2, "s");
  special(0o2000, 5, "s");
  special(0o1000, 8, "t");
  return bits.join("");
}
