/**
 * What BuildKit looks a step's result up by, as far as the text and the files tell: what the step does, and the keys of
 * what it starts from (dockerfile2llb/convert.go makes the steps, solver/llbsolver/ops their cache keys). Steps of two
 * texts with the same key have the same result, wherever they stand and whatever their stages are called.
 */
import { type Dockerfile, resolveBuild, type Stage } from "../../dockerfile";
import { formatPlatform } from "../../dockerfile/platform";
import { placeKey, type TakenFiles } from "../context/digest";
import { evaluationOf } from "../evaluation";
import type { BuildOptions, Place } from "../events";
import { type Deed, deedsOf, type Edited } from "./deeds";

/** Gives the same number to the same text. */
export class Keys {
  private readonly known = new Map<string, number>();

  of(text: string): number {
    const found = this.known.get(text);
    if (found !== undefined) return found;
    this.known.set(text, this.known.size);
    return this.known.size - 1;
  }
}

/** A step's key, and what it is where less is known. */
export interface StepKeys {
  exact: number;
  /** Whatever is in the files that it copies or mounts from other stages. */
  anyCopied: number;
  /** Whatever is in the files that it takes from the build context. */
  anyFiles: number;
  /** Both. */
  anyContent: number;
}

const TIERS = ["exact", "anyCopied", "anyFiles", "anyContent"] as const;

export interface KeyedStep extends Place {
  keys: StepKeys;
  /** What starts from the same and has the same words: the same step but for its variables and files. */
  alike: number;
  /** Steps that have to end before it, by index in the list: the one before it in its stage first. */
  after: readonly number[];
  /** Of these, whose files it only reads: it stays cached where those are the same as before. */
  reads: ReadonlySet<number>;
  /** "RUN go build", to find it in other builds by. */
  text: string;
  link: boolean;
  /** False where the target needs nothing of its stage and nobody asked for it. */
  made: boolean;
}

export interface KeyedBuild {
  tree: Dockerfile;
  options: BuildOptions;
  /** Null where nothing is known of the files: then all of them count as the same. */
  files: TakenFiles | null;
  /** An image with its digest, as far as that is known, by its name as the text has it. */
  imageOf(ref: string): string;
  /** Whether the host joins what `COPY --link` makes to what was there before, so that it depends on nothing. */
  joins: boolean;
  edited?: Edited;
}

/** Where a stage stands: the keys of its files, and the steps that made them. */
interface Chain {
  keys: StepKeys;
  last: readonly number[];
}

/** In the order of the file. */
export function keyedSteps(build: KeyedBuild, keys: Keys): KeyedStep[] {
  return new Chaining(build, keys).steps();
}

class Chaining {
  private readonly list: KeyedStep[] = [];
  private readonly chains: Chain[] = [];

  constructor(
    private readonly build: KeyedBuild,
    private readonly keys: Keys,
  ) {}

  steps(): KeyedStep[] {
    const { tree, options, edited } = this.build;
    const deeds = deedsOf(tree, options, edited);
    const resolved = resolveBuild(tree, evaluationOf(options));
    for (const stage of tree.stages) {
      const { base, copies, mounts, replacedBy, needed, platform } = resolved.stages[stage.index]!;
      const from = edited?.stage === stage.index && edited.instruction === 0 ? edited.mark : "";
      let chain =
        replacedBy !== null
          ? this.root(`context ${replacedBy.source}`)
          : base.kind === "stage" && from === ""
            ? this.chains[base.index]!
            : this.root(`${this.sourceText(base)} ${formatPlatform(platform)}${from}`);
      const made = options.everyStage || needed;
      if (replacedBy === null)
        for (const deed of deeds[stage.index] ?? []) {
          const sources = sourcesOf(stage, deed, copies, mounts).map((source) => this.source(source));
          chain = this.add(chain, deed, sources, made);
        }
      this.chains.push(chain);
    }
    return this.list;
  }

  private add(chain: Chain, deed: Deed, sources: readonly Chain[], made: boolean): Chain {
    const { files, joins } = this.build;
    const linked = deed.link && joins;
    const taken = deed.takesContext
      ? (files?.copies.get(placeKey(deed)) ?? (deed.keyword === "RUN" ? files?.all : null) ?? "*")
      : "";
    const keyAt = (tier: (typeof TIERS)[number]) =>
      this.keys.of(
        [
          deed.does,
          linked ? "" : chain.keys[tier],
          tier === "anyFiles" || tier === "anyContent" ? taken && "*" : taken,
          ...sources.map(({ keys }) => (tier === "anyCopied" || tier === "anyContent" ? "*" : keys[tier])),
        ].join("\0"),
      );
    const keys = keysBy(keyAt);
    const index = this.list.length;
    const before = linked ? [] : chain.last;
    const read = sources.flatMap(({ last }) => last);
    this.list.push({
      stage: deed.stage,
      instruction: deed.instruction,
      keys,
      alike: this.keys.of(`alike\0${deed.text}\0${chain.keys.exact}`),
      after: [...before, ...read],
      reads: new Set(read.filter((step) => !before.includes(step))),
      text: deed.text,
      link: deed.link,
      made,
    });
    if (!linked) return { keys, last: [index] };
    const joined = keysBy((tier) => this.keys.of(`join\0${chain.keys[tier]}\0${keys[tier]}`));
    return { keys: joined, last: [...chain.last, index] };
  }

  private root(text: string): Chain {
    const key = this.keys.of(`from\0${text}`);
    return { keys: keysBy(() => key), last: [] };
  }

  private source(source: Source): Chain {
    return source.kind === "stage" ? this.chains[source.index]! : this.root(this.sourceText(source));
  }

  private sourceText(source: Source): string {
    switch (source.kind) {
      case "image":
        return `image ${this.build.imageOf(source.ref)}`;
      case "context":
        return `context ${source.context.source}`;
      case "stage":
        return `stage ${source.index}`;
      default:
        return source.kind;
    }
  }
}

type Source = ReturnType<typeof resolveBuild>["stages"][number]["base"];

const keysBy = (key: (tier: (typeof TIERS)[number]) => number): StepKeys => ({
  exact: key("exact"),
  anyCopied: key("anyCopied"),
  anyFiles: key("anyFiles"),
  anyContent: key("anyContent"),
});

/** What an instruction copies or mounts from; of what ONBUILD holds back, nothing is known here. */
function sourcesOf(stage: Stage, deed: Deed, copies: readonly Source[], mounts: readonly Source[]): Source[] {
  const of = (references: Stage["copies"], sources: readonly Source[]) =>
    sources.filter((_, at) => references[at]?.instruction.indexInStage === deed.instruction);
  return deed.instruction === 0 ? [] : [...of(stage.copies, copies), ...of(stage.mounts, mounts)];
}
