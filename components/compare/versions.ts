/** What can be compared: the text as it is, as it was when the page opened, what builds kept, and what is brought along. */
import type { PastBuild } from "@/lib/build/figures";
import { finalSize } from "@/lib/build/history";
import type { Weights } from "@/lib/build/size-difference";
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
}

/** Builds looked through for one of a text, newest first. */
const MOST_BUILDS = 12;

export const NOW = "now";
export const OPENED = "opened";
export const buildKey = (id: string) => `build:${id}`;

export function weightsOf(build: BuildSummary): Weights | null {
  return Object.keys(build.sizes).length === 0 ? null : { sizes: build.sizes, shipped: finalSize(build) };
}

/** Reads kept builds, each once while it lives. */
export class KeptBuilds {
  readonly #texts = new Map<string, Promise<string>>();

  #figures: Promise<ReadonlyMap<string, PastBuild>> | null = null;

  constructor(readonly source: Pick<BuildSource, "getBuild" | "getFigures">) {}

  text(id: string): Promise<string> {
    let text = this.#texts.get(id);
    if (text === undefined) {
      text = this.source.getBuild(id).then((detail) => detail.text.replaceAll("\r\n", "\n"));
      // What failed is asked for anew.
      text.catch(() => this.#texts.delete(id));
      this.#texts.set(id, text);
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
  async weightsOfText(text: string, history: readonly BuildSummary[]): Promise<Weights | null> {
    const weighed = history.filter((build) => weightsOf(build) !== null).slice(0, MOST_BUILDS);
    const texts = await Promise.all(weighed.map(({ id }) => this.text(id)));
    const same = weighed.filter((_, at) => texts[at] === text);
    const stages = ({ sizes }: BuildSummary) => Object.keys(sizes).length;
    const best = same.reduce<BuildSummary | null>(
      (found, build) => (found === null || stages(build) > stages(found) ? build : found),
      null,
    );
    return best && weightsOf(best);
  }
}
