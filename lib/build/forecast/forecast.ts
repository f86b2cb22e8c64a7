/**
 * Which steps the next build will run anew, before it is built: those whose result no earlier build of the document has
 * left in the host's cache. What a host threw away meanwhile is not known here.
 */
import { type Dockerfile, parseDockerfile, resolveBuild } from "../../dockerfile";
import type { TakenFiles } from "../context/digest";
import { placeKey } from "../context/digest";
import { evaluationOf } from "../evaluation";
import type { BuildOptions, Place } from "../events";
import type { PastBuild } from "../figures";
import { perPlatform } from "../platforms";
import { type KeyedStep, Keys, keyedSteps, type StepKeys } from "./step-keys";
import { StepTimes } from "./times";

/** What the next build is made from. */
export interface NextBuild {
  tree: Dockerfile;
  options: BuildOptions;
  /** Null where nothing is known of the files: then they count as unchanged. */
  files: TakenFiles | null;
  /** An instruction that counts as changed, whatever it says. */
  edited?: Place;
}

/** "maybe": where the files that it takes of another stage are not the same as before. */
export type Outcome = "cached" | "runs" | "maybe";

export type Cause = "text" | "files" | "variables" | "noCache";

export interface ForetoldStep extends Place {
  outcome: Outcome;
  /** Where it begins, and what it is there; null for what is cached. */
  from: (Place & { cause: Cause }) | null;
  /** What it took lately; null where no earlier build tells. */
  milliseconds: number | null;
  /** Steps that have to end before it, by index. */
  after: readonly number[];
}

export interface Forecast {
  /** In the order of the file. */
  steps: readonly ForetoldStep[];
}

/** Builds that are looked back on. */
const LOOK_BACK = 5;

const RANK: Readonly<Record<Outcome, number>> = { cached: 0, maybe: 1, runs: 2 };

/** Knows the earlier builds of a document, newest first; asked again at every edit. */
export class Forecaster {
  private readonly keys = new Keys();
  private readonly cached: Record<keyof StepKeys, Set<number>> = {
    exact: new Set(),
    anyCopied: new Set(),
    anyFiles: new Set(),
    anyContent: new Set(),
  };
  private readonly alike = new Set<number>();
  private readonly images = new Map<string, string>();
  private joins: boolean | null = null;
  readonly times: StepTimes;

  constructor(past: readonly PastBuild[]) {
    this.times = new StepTimes(past);
    // Each host has a cache of its own.
    const here = past.filter(({ options }) => options.host === past[0]!.options.host);
    for (const build of here.slice(0, LOOK_BACK)) this.remember(build);
  }

  private remember(build: PastBuild): void {
    for (const options of perPlatform(build.options)) this.rememberOne({ ...build, options });
  }

  private rememberOne({ text, options, figures }: PastBuild): void {
    const tree = parseDockerfile(text);
    const images = new Map<string, string>();
    for (const { index, base } of resolveBuild(tree, evaluationOf(options)).stages) {
      const image = figures.stages[index]?.image;
      if (base.kind === "image" && image) images.set(base.ref, image);
    }
    for (const [ref, image] of images) if (!this.images.has(ref)) this.images.set(ref, image);
    const figureOf = new Map(
      figures.stages.flatMap(({ steps }, stage) =>
        steps.map((step) => [placeKey({ stage, instruction: step.instruction }), step] as const),
      ),
    );
    const copies = new Map(
      [...figureOf].flatMap(([key, { files }]) => (files === undefined ? [] : [[key, files] as const])),
    );
    const files = figures.context === null ? null : { copies, all: figures.context };
    const steps = keyedSteps(
      {
        tree,
        options,
        files,
        imageOf: (ref) => images.get(ref) ?? ref,
        joins: joinsIn(tree, figureOf) ?? false,
      },
      this.keys,
    );
    this.joins ??= joinsIn(tree, figureOf);
    for (const { keys, alike, ...place } of steps) {
      const status = figureOf.get(placeKey(place))?.status;
      if (status !== "done" && status !== "cached") continue;
      for (const tier of Object.keys(keys) as (keyof StepKeys)[]) this.cached[tier].add(keys[tier]);
      this.alike.add(alike);
    }
  }

  /** Of several platforms, a step counts as what it is for the one where most is to be done. */
  forecast(next: NextBuild): Forecast {
    const [first, ...others] = perPlatform(next.options).map((options) =>
      this.forecastOne({ ...next, options }),
    );
    const steps = first!.steps.map((step) => {
      const same = others.flatMap((other) => other.steps.filter((each) => placeKey(each) === placeKey(step)));
      const { outcome, from } = [step, ...same].reduce((a, b) => (RANK[b.outcome] > RANK[a.outcome] ? b : a));
      return { ...step, outcome, from };
    });
    return others.length === 0 ? first! : { steps };
  }

  private forecastOne({ tree, options, files, edited }: NextBuild): Forecast {
    const steps = keyedSteps(
      {
        tree,
        options,
        files,
        imageOf: (ref) => this.images.get(ref) ?? ref,
        joins: this.joins ?? false,
        ...(edited && { edited: { ...edited, mark: "\u0001edited" } }),
      },
      this.keys,
    );
    const foretold: ForetoldStep[] = [];
    for (const step of steps) foretold.push(this.foretell(step, foretold, { tree, options, files, edited }));
    const kept = [...steps.keys()].filter((index) => steps[index]!.made && steps[index]!.instruction > 0);
    const places = new Map(kept.map((index, at) => [index, at]));
    return {
      steps: kept.map((index) => ({
        ...foretold[index]!,
        after: foretold[index]!.after.flatMap((each) => places.get(each) ?? []),
      })),
    };
  }

  private foretell(step: KeyedStep, before: readonly ForetoldStep[], next: NextBuild): ForetoldStep {
    const { stage, instruction, after, text } = step;
    const outcome = this.outcomeOf(step, before, next);
    const milliseconds = this.times.of(next.tree.stages[stage]!, instruction, text);
    const from = outcome === "cached" ? null : this.beginning(step, before, next);
    return { stage, instruction, outcome, from, milliseconds, after };
  }

  private outcomeOf(step: KeyedStep, before: readonly ForetoldStep[], next: NextBuild): Outcome {
    if (asksNoCache(next, step.stage)) return "runs";
    const known = (tier: keyof StepKeys) => this.cached[tier].has(step.keys[tier]);
    if (next.files === null ? known("anyFiles") : known("exact")) {
      // What runs although its result is known may leave another one.
      return step.after.some((at) => before[at]!.outcome !== "cached") ? "maybe" : "cached";
    }
    return (next.files === null ? known("anyContent") : known("anyCopied")) ? "maybe" : "runs";
  }

  /** The first of those before it that is not cached, or itself. */
  private beginning(step: KeyedStep, before: readonly ForetoldStep[], next: NextBuild): ForetoldStep["from"] {
    const { stage, instruction } = step;
    if (asksNoCache(next, stage)) return { stage, instruction, cause: "noCache" };
    const { edited } = next;
    if (edited?.stage === stage && edited.instruction === instruction) return { ...edited, cause: "text" };
    const earlier = step.after.map((at) => before[at]!).filter(({ outcome }) => outcome !== "cached");
    const first = earlier.find(({ outcome }) => outcome === "runs") ?? earlier[0];
    if (first) return first.from;
    if (this.cached.anyFiles.has(step.keys.anyFiles)) return { stage, instruction, cause: "files" };
    return { stage, instruction, cause: this.alike.has(step.alike) ? "variables" : "text" };
  }
}

/** By name or number, as --no-cache-filter takes them. */
function asksNoCache({ tree, options }: NextBuild, stage: number): boolean {
  const name = tree.stages[stage]?.name;
  return (
    options.noCache ||
    options.noCacheStages.some((word) => word === String(stage) || word.toLowerCase() === name)
  );
}

/** Whether the host made two steps of a `COPY --link`; null where the text has none that was built. */
function joinsIn(
  tree: Dockerfile,
  figures: ReadonlyMap<string, { joins?: true | undefined }>,
): boolean | null {
  for (const { index, instructions } of tree.stages) {
    for (const { keyword, flags, indexInStage } of instructions) {
      if (keyword !== "COPY" || !flags.some(({ name, value }) => name === "link" && value !== "false"))
        continue;
      const figure = figures.get(placeKey({ stage: index, instruction: indexInStage }));
      if (figure) return figure.joins === true;
    }
  }
  return null;
}
