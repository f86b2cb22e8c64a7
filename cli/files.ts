/** Dockerfiles as bytes from disk or the standard input. */
import { readFileSync } from "node:fs";
import { type Dockerfile, decodeText, parseDockerfile } from "../lib/dockerfile";

const REASONS: Record<string, string> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file: part of the path is no folder",
  EISDIR: "it is a folder; name the Dockerfile in it",
  EACCES: "you have no right to read it",
  EPERM: "you have no right to read it",
  ELOOP: "its symbolic links go in a circle",
  ENAMETOOLONG: "the path is too long",
  ERR_FS_FILE_TOO_LARGE: "it is larger than 2 GiB",
  ERR_INVALID_ARG_VALUE: "the path holds a NUL",
};

/** The file as read, or why it cannot be. A path may be bytes that are no UTF-8; `-` is the standard input. */
export function readDockerfile(path: string | Buffer): Dockerfile | { unreadable: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path === "-" ? 0 : path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { unreadable: REASONS[code ?? ""] ?? message };
  }
  return parseDockerfile(decodeText(bytes));
}

/** Goes through files in order. Those that cannot be read are told of on the standard error; says whether there were any. */
export function forEachFile(files: string[], visit: (tree: Dockerfile, path: string) => void): boolean {
  let missed = false;
  for (const path of files) {
    const tree = readDockerfile(path);
    if ("unreadable" in tree) {
      process.stderr.write(`stagecraft: ${path}: ${tree.unreadable}\n`);
      missed = true;
    } else visit(tree, path === "-" ? "<stdin>" : path);
  }
  return missed;
}
