/** Where symbolic links lead, followed as the disk would, before any of them is made. Pure. */

/** Enough for any real tree; the kernel gives up at the same number. */
const MAX_HOPS = 40;

/**
 * Why a link may not be made, or null. Its target is followed through every other link of the tree, since `a/..` is
 * not where it seems when `a` is a link itself. One that leads to nothing within the tree is fine.
 *
 * @param path of the link, relative to the root
 * @param links targets of all links of the tree, by path
 */
export function whyLinkLeadsOut(path: string, links: ReadonlyMap<string, string>): string | null {
  let hops = 0;
  /** Steps still to take, next one last. */
  const ahead = path.split("/").reverse();
  const here: string[] = [];
  for (let step = ahead.pop(); step !== undefined; step = ahead.pop()) {
    if (step === "" || step === ".") continue;
    if (step === "..") {
      if (here.length === 0) return "it is a link that leads out of the build context";
      here.pop();
      continue;
    }
    const target = links.get([...here, step].join("/"));
    if (target === undefined) {
      here.push(step);
      continue;
    }
    if (target.startsWith("/") || target.startsWith("\\") || /^[a-zA-Z]:/.test(target)) {
      return "it is a link to an absolute path";
    }
    if (++hops > MAX_HOPS) return "it is a link that leads to itself";
    ahead.push(...target.split("/").reverse());
  }
  return null;
}
