/** What can be compared: the text as it is, as it was when the page opened, what was kept of it, and what is brought along. */
import type { PastBuild } from "@/lib/build/figures";
import { finalSize } from "@/lib/build/history";
import type { Weights } from "@/lib/build/size-difference";
import type { RevisionListing } from "@/lib/share/answers";
import type { BuildSource } from "@/lib/store/open-document";
import type { BuildSummary } from "@/lib/store/wire";

/** A text that somebody pasted or opened for comparing; it goes nowhere else. */
export interface GivenText {
  key: string;
  label: string;
  text: string;
}

export interface Version {
  key: string;
  label: string;
  text: string;
  /** What it weighed when it was built; null where that is not known. */
  weights: Weights | null;
  /** What it took, where it is a build and that is known. */
  figures: PastBuild | null;
  /** The build that tells what its instructions add, where there is one. */
  weighed: PastBuild | null;
}

/** Builds looked through for one of a text, newest first. */
const MOST_BUILDS = 12;

export const NOW = "now";
export const OPENED = "opened";
export const buildKey = (id: string) => `build:${id}`;
export const revisionKey = (id: string) => `revision:${id}`;

export function weightsOf(build: BuildSummary): Weights | null {
  return Object.keys(build.sizes).length === 0 ? null : { sizes: build.sizes, shipped: finalSize(build) };
}

/** A kept version of the document: a build, or a text that it had. */
export type KeptVersion =
  | { kind: "build"; key: string; at: number; build: BuildSummary }
  | { kind: "revision"; key: string; at: number; revision: RevisionListing };

/** Builds and earlier texts as one list, newest first. */
export function keptVersions(
  builds: readonly BuildSummary[],
  revisions: readonly RevisionListing[],
): KeptVersion[] {
  const kept: KeptVersion[] = [
    ...builds.map(
      (build): KeptVersion => ({ kind: "build", key: buildKey(build.id), at: build.createdAt, build }),
    ),
    ...revisions.map(
      (revision): KeptVersion => ({
        kind: "revision",
        key: revisionKey(revision.id),
        at: revision.changedAt,
        revision,
      }),
    ),
  ];
  return kept.sort((a, b) => b.at - a.at);
}

/** Reads kept builds and texts, each once while it lives. */
export class KeptBuilds {
  readonly #texts = new Map<string, Promise<string>>();

  #figures: Promise<ReadonlyMap<string, PastBuild>> | null = null;

  constructor(readonly source: Pick<BuildSource, "getBuild" | "getFigures" | "revisions">) {}

  text(id: string): Promise<string> {
    return this.#once(buildKey(id), async () => (await this.source.getBuild(id)).text);
  }

  revision(id: string): Promise<string> {
    return this.#once(revisionKey(id), async () => (await this.source.revisions!.get(id)).text);
  }

  #once(key: string, read: () => Promise<string>): Promise<string> {
    let text = this.#texts.get(key);
    if (text === undefined) {
      text = read().then((own) => own.replaceAll("\r\n", "\n"));
      // What failed is asked for anew.
      text.catch(() => this.#texts.delete(key));
      this.#texts.set(key, text);
    }
    return text;
  }

  /** What a build took; null where that is not known, which is no reason not to compare. */
  async figures(id: string): Promise<PastBuild | null> {
    this.#figures ??= this.source
      .getFigures()
      .then(({ builds }) => new Map(builds.map((build) => [build.id, build])));
    try {
      return (await this.#figures).get(id) ?? null;
    } catch {
      this.#figures = null;
      return null;
    }
  }

  /** Of the builds of this very text the one that weighed most stages, the newest among equals. */
  async buildOfText(text: string, history: readonly BuildSummary[]): Promise<BuildSummary | null> {
    const weighed = history.filter((build) => weightsOf(build) !== null).slice(0, MOST_BUILDS);
    const texts = await Promise.all(weighed.map(({ id }) => this.text(id)));
    const same = weighed.filter((_, at) => texts[at] === text);
    const stages = ({ sizes }: BuildSummary) => Object.keys(sizes).length;
    return same.reduce<BuildSummary | null>(
      (found, build) => (found === null || stages(build) > stages(found) ? build : found),
      null,
    );
  }
}
