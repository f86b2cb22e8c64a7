/** What is in a folder on disk. Links are named, never followed. */
import { lstat, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { ContextFolder, type FolderFile } from "./contexts/folder";

/** Depth first, by name: the same order everywhere. */
export async function* walkFolder(root: string, prefix = ""): AsyncGenerator<FolderFile> {
  const names = (await readdir(join(root, prefix))).sort();
  for (const name of names) {
    const path = prefix === "" ? name : `${prefix}/${name}`;
    const content = join(root, path);
    const status = await lstat(content);
    const what = { path, bytes: 0, mode: status.mode & 0o7777, modified: status.mtimeMs };
    if (status.isDirectory()) {
      yield { ...what, kind: "folder" };
      yield* walkFolder(root, path);
    } else if (status.isSymbolicLink()) {
      yield { ...what, kind: "link", mode: 0o777, link: await readlink(content) };
    } else if (status.isFile()) {
      yield { ...what, kind: "file", bytes: status.size, content };
    }
  }
}

/** A folder on disk as a build context, with nothing checked or kept: for whoever owns the folder. */
export async function folderAsContext(root: string): Promise<ContextFolder> {
  const files: FolderFile[] = [];
  for await (const file of walkFolder(root)) files.push(file);
  return new ContextFolder(files);
}
