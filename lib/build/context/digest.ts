/** What a COPY takes, as one word that is the same for the same files: to compare two builds, not to trust anybody by. */
import type { Dockerfile, EvaluateOptions } from "../../dockerfile";
import { type ContextTree, isSent } from "./context-tree";
import { copyPreviews } from "./copies";
import { placeKey } from "./place-key";

export { placeKey } from "./place-key";

/** Characters of a file's hash that are compared. */
export const HASH_LENGTH = 16;

/** Digests of what is taken from a build context. */
export interface TakenFiles {
  /** By {@link placeKey} of the COPY or ADD; none for those that take nothing from the context. */
  copies: ReadonlyMap<string, string>;
  /** Of all that is sent: what a bind mount of the context may see. */
  all: string;
}

/** `hashes` are of the files' contents, by path. */
export function takenFiles(
  tree: Dockerfile,
  options: EvaluateOptions,
  context: ContextTree,
  hashes: ReadonlyMap<string, string>,
): TakenFiles {
  const digest = (paths: Iterable<string>) => {
    const sum = new Digest();
    for (const path of paths) sum.add(`${path}\0${hashes.get(path)?.slice(0, HASH_LENGTH) ?? ""}\n`);
    return sum.text;
  };
  const previews = copyPreviews(tree, options, context, Infinity);
  return {
    copies: new Map(
      previews.map((each) => [placeKey(each), digest(each.taken.map(({ path }) => path).sort())]),
    ),
    all: digest(sentPaths(context)),
  };
}

function* sentPaths({ root }: ContextTree): Generator<string> {
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (!isSent(node)) continue;
    if (node.children) open.push(...node.children.values());
    else yield node.path;
  }
}

/** Two 32-bit FNV-1a sums with different beginnings. */
class Digest {
  private a = 0x811c9dc5;
  private b = 0x9e3779b9;

  add(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      this.a = Math.imul(this.a ^ code, 0x01000193);
      this.b = Math.imul(this.b ^ code, 0x85ebca6b) ^ (this.b >>> 13);
    }
  }

  get text(): string {
    return [this.a, this.b].map((sum) => (sum >>> 0).toString(36)).join("-");
  }
}
