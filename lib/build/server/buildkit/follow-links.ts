/**
 * The paths that BuildKit asks to follow, with everything that symbolic links on the way lead to, as include
 * patterns. After tonistiigi/fsutil's `followlinks.go`. Links are read, never walked through, and a link that
 * leads out of the root is taken as one from the root.
 */
import path from "node:path";
import { cleanPath, compileGlob } from "../../context/ignore-patterns";
import type { ContextFolder } from "../contexts/folder";
import type { FileTree } from "./file-tree";

/** Null where the root itself is asked for: then nothing is filtered. */
export function followLinks(tree: FileTree, paths: readonly string[]): string[] | null {
  const resolved = new Set<string>();

  function follow(asked: string): void {
    let rest = cleanPath(`/${asked}`).slice(1);
    let current = "";
    for (;;) {
      const slash = rest.indexOf("/");
      const part = slash === -1 ? rest : rest.slice(0, slash);
      rest = slash === -1 ? "" : rest.slice(slash + 1);
      current = current === "" ? part : `${current}/${part}`;
      const targets = linkTargets(tree, current);
      if ((rest === "" || targets) && resolved.has(current)) return;
      if (targets) {
        resolved.add(current);
        for (const target of targets) follow(`${target}/${rest}`);
        return;
      }
      if (rest === "") {
        resolved.add(current);
        return;
      }
    }
  }
  for (const asked of paths) follow(asked);
  if (resolved.has("") || resolved.has(".")) return null;
  return withoutCovered([...resolved].sort());
}

/** Where the links that `current` names point to; null where it names none. Its last part may be a glob. */
function linkTargets(tree: FileTree, current: string): string[] | null {
  if (tree.root === null || current === "") return null;
  const parent = path.posix.dirname(current);
  const base = path.posix.basename(current);
  if (!/(^|[^\\])(\\\\)*[*?[]/.test(base)) {
    const target = linkTarget(tree.root, current);
    return target === null ? null : [target];
  }
  const matches = globMatcher(base);
  const names = tree.root
    .children(parent === "." ? "" : parent)
    .map((file) => path.posix.basename(file.path));
  const targets: string[] = [];
  for (const name of names.sort()) {
    if (!matches(name)) continue;
    const target = linkTarget(tree.root, path.posix.join(parent, name));
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

function linkTarget(root: ContextFolder, current: string): string | null {
  const found = root.get(current)?.link;
  if (found === undefined) return null;
  const link = cleanPath(found);
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
