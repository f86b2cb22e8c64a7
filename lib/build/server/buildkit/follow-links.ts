/**
 * The paths that BuildKit asks to follow, with everything that symbolic links on the way lead to, as include
 * patterns. After tonistiigi/fsutil's `followlinks.go`. Links are read, never walked through, and a link that
 * leads out of the root is taken as one from the root.
 */
import { lstat, readdir, readlink } from "node:fs/promises";
import path from "node:path";
import { cleanPath, compileGlob } from "../../context/ignore-patterns";
import type { FileTree } from "./file-tree";

/** Null where the root itself is asked for: then nothing is filtered. */
export async function followLinks(tree: FileTree, paths: readonly string[]): Promise<string[] | null> {
  const resolved = new Set<string>();

  async function follow(asked: string): Promise<void> {
    let rest = cleanPath(`/${asked}`).slice(1);
    let current = "";
    for (;;) {
      const slash = rest.indexOf("/");
      const part = slash === -1 ? rest : rest.slice(0, slash);
      rest = slash === -1 ? "" : rest.slice(slash + 1);
      current = current === "" ? part : `${current}/${part}`;
      const targets = await linkTargets(tree, current);
      if ((rest === "" || targets) && resolved.has(current)) return;
      if (targets) {
        resolved.add(current);
        for (const target of targets) await follow(`${target}/${rest}`);
        return;
      }
      if (rest === "") {
        resolved.add(current);
        return;
      }
    }
  }
  for (const asked of paths) await follow(asked);
  if (resolved.has("") || resolved.has(".")) return null;
  return withoutCovered([...resolved].sort());
}

/** Where the links that `current` names point to; null where it names none. Its last part may be a glob. */
async function linkTargets(tree: FileTree, current: string): Promise<string[] | null> {
  if (tree.root === null || current === "") return null;
  const parent = path.posix.dirname(current);
  const base = path.posix.basename(current);
  if (!/(^|[^\\])(\\\\)*[*?[]/.test(base)) {
    const target = await linkTarget(tree.root, current);
    return target === null ? null : [target];
  }
  const matches = globMatcher(base);
  const names = await readdir(path.join(tree.root, parent)).catch(() => null);
  if (names === null) return null;
  const targets: string[] = [];
  for (const name of names.sort()) {
    if (!matches(name)) continue;
    const target = await linkTarget(tree.root, path.posix.join(parent, name));
    if (target !== null) targets.push(target);
  }
  return targets.length > 0 ? targets : null;
}

function globMatcher(glob: string): (name: string) => boolean {
  try {
    return compileGlob(glob);
  } catch {
    return () => false;
  }
}

async function linkTarget(root: string, current: string): Promise<string | null> {
  const onDisk = path.join(root, current);
  const stats = await lstat(onDisk).catch(() => null);
  if (!stats?.isSymbolicLink()) return null;
  const link = cleanPath(await readlink(onDisk));
  return link.startsWith("/") ? link : cleanPath(`/${path.posix.dirname(current)}/${link}`);
}

function withoutCovered(sorted: string[]): string[] {
  const kept: string[] = [];
  for (const entry of sorted) {
    const last = kept[kept.length - 1];
    if (last === undefined || !entry.startsWith(`${last}/`)) kept.push(entry);
  }
  return kept;
}
