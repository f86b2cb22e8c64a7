/** What is in a build context, for who looks at it before a build: every file, and the ignore file that counts. */
import { readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import type { ContextEntry } from "../../share/answers";
import { IGNORE_FILES } from "../context/ignore-file";
import { walkFolder } from "./folder";

/** Of an ignore file, in bytes: more than anyone writes by hand. */
const MAX_IGNORE_FILE = 1024 * 1024;

export interface ContextListing {
  entries: ContextEntry[];
  /** Text of the ignore file; null where there is none. */
  ignore: string | null;
}

export async function listContext(root: string): Promise<ContextListing> {
  const entries: ContextEntry[] = [];
  const files = new Set<string>();
  for await (const { path, type, bytes } of walkFolder(root)) {
    if (type === "file") files.add(path);
    const link = type === "link" ? { link: await readlink(join(root, path)) } : {};
    entries.push({ path, kind: type, bytes, ...link });
  }
  // A link is not followed: what it names may lie outside.
  const name = IGNORE_FILES.find((candidate) => files.has(candidate));
  if (name === undefined) return { entries, ignore: null };
  const text = await readFile(join(root, name), "utf8");
  return { entries, ignore: text.slice(0, MAX_IGNORE_FILE) };
}
