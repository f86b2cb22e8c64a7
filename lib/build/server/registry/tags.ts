/** Which tags people look for first. */

/** At most `limit` of them: those that begin with `wish` before those that hold it, "latest" and new versions first. */
export function pickTags(tags: readonly string[], wish: string, limit: number): string[] {
  const rank = (tag: string) => (tag === wish ? 0 : tag.startsWith(wish) ? 1 : tag.includes(wish) ? 2 : 3);
  return tags
    .filter((tag) => rank(tag) < 3)
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        Number(b === "latest") - Number(a === "latest") ||
        Number(isVersion(b)) - Number(isVersion(a)) ||
        order.compare(b, a),
    )
    .slice(0, limit);
}

const order = new Intl.Collator("en", { numeric: true });

/** 1.22 and 1.22.3-alpine, but no build of a day or a commit. */
const isVersion = (tag: string) => /^v?\d{1,4}(\.\d{1,5}){0,3}(-[a-z][\w.]*)?$/i.test(tag);
