/** What a build file can ask a Dockerfile for, and what it says of each: shared by Compose and Bake. */
import type { Dockerfile, Stage } from "../../../dockerfile";
import { splitPlatforms } from "../../../dockerfile/platform";

/** What somebody chose for a build, as far as build files can say it. What is absent was not chosen. */
export interface BuildChoice {
  /** stage index; null is the last */
  target: number | null;
  buildArgs: Readonly<Record<string, string>>;
  /** `linux/amd64`, or several with commas */
  platform: string | null;
  noCache: boolean;
  /** names of stages that are built anew */
  noCacheStages?: readonly string[];
  /** by name: `docker-image://NAME`, or a folder of the build context */
  contexts?: Readonly<Record<string, string>>;
  pull?: boolean;
  labels?: Readonly<Record<string, string>>;
  /** names that the image gets */
  tags?: readonly string[];
  network?: string;
  /** address by name */
  addHosts?: Readonly<Record<string, string>>;
  /** `soft` or `soft:hard`, by name */
  ulimits?: Readonly<Record<string, string | undefined>>;
  /** ids; their values are nobody's to export */
  secrets?: readonly string[];
  /** ids of ssh keys: the agent of whoever builds signs */
  ssh?: readonly string[];
  /** images whose build cache may be used */
  cacheFrom?: readonly string[];
  cacheInline?: boolean;
  cacheTo?: { image: string; mode: string } | null;
  /** "push": to a registry; "discard": only to see that it builds, so the image gets no names */
  output?: string;
}

export interface BuildFile {
  tree: Dockerfile;
  /** the document's: names a last stage that has no name of its own */
  title: string;
  choice: BuildChoice;
}

export interface BuildTarget {
  /** what the file calls it: its stage's name, or the title's words */
  name: string;
  /** for `target`; null for the last stage without a name, which is built where no target is given */
  target: string | null;
  stage: Stage;
  /** no other stage needs it */
  leaf: boolean;
  /** what the choice is for */
  main: boolean;
}

/**
 * Every stage that a build can ask for, in the order of the file. A stage without a name can't be asked for, unless it
 * is the last; of two with the same name BuildKit takes the later (dockerfile2llb, findStateByName).
 */
export function targetsOf({ tree, title, choice }: BuildFile): BuildTarget[] {
  const { stages, edges } = tree;
  const last = stages.length - 1;
  const needed = new Set(edges.map(({ from }) => from));
  const wanted = choice.target ?? last;
  const byName = new Map(
    stages.flatMap(({ name, index }) => (name === null ? [] : [[name, index] as const])),
  );
  const found: BuildTarget[] = [];
  for (const stage of stages) {
    const { name, index } = stage;
    if (name === null ? index !== last : byName.get(name) !== index) continue;
    found.push({
      name: name ?? freeName(slug(title), byName),
      target: name,
      stage,
      leaf: !needed.has(index),
      main: index === wanted,
    });
  }
  // A choice that can't be asked for is no reason for a file without anything to build.
  if (!found.some(({ main }) => main)) {
    const fallback = found.at(-1);
    if (fallback) fallback.main = true;
  }
  return found;
}

/** "My API (v2)" as a name: `my-api-v2`. */
function slug(title: string): string {
  const words =
    title
      .toLowerCase()
      .normalize("NFKD")
      .replace(/\p{Mark}/gu, "")
      .match(/[a-z0-9]+/g) ?? [];
  return words.join("-").slice(0, 60).replace(/-$/, "") || "app";
}

function freeName(wish: string, taken: ReadonlyMap<string, unknown>): string {
  let name = wish;
  for (let nth = 2; taken.has(name); nth++) name = `${wish}-${nth}`;
  return name;
}

/** One line of a comment: what the Dockerfile says of a stage. */
export function remark({ stage, target }: BuildTarget): string | null {
  const { comment } = stage;
  if (comment === null || target === null) return null;
  return comment.replace(/[\p{Control}\u2028\u2029]+|\p{Surrogate}/gu, " ").trim() || null;
}

/** Names of the image, where one is kept. */
export const tagsOf = ({ tags = [], output }: BuildChoice): readonly string[] =>
  output === "discard" ? [] : tags;

/** Stages to build anew, where not all are. */
export const anewOf = ({ noCacheStages = [], noCache }: BuildChoice): readonly string[] =>
  noCache ? [] : noCacheStages;

/** The platforms of a choice, which may name several: `linux/amd64,linux/arm64`. */
export const platformsOf = ({ platform }: BuildChoice): string[] => splitPlatforms(platform);

/** As `--cache-to` has them. */
export function cacheToOf({ cacheInline, cacheTo }: BuildChoice): string[] {
  const registry = cacheTo ? [`type=registry,ref=${cacheTo.image},mode=${cacheTo.mode}`] : [];
  return [...(cacheInline ? ["type=inline"] : []), ...registry];
}
