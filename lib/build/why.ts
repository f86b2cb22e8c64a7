/**
 * Why a step of a build ran and did not come from the cache, by comparing the build's record with that of an earlier
 * one. BuildKit does not say; it looks results up by what a step is made of, so what differs there is the reason.
 */
import { evaluate, type Instruction, parseDockerfile, type Stage, type Variables } from "../dockerfile";
import { type ContextEntry, contextTree } from "./context/context-tree";
import { copyPreviews } from "./context/copies";
import { stepsBefore, stepsOf } from "./dependencies";
import { evaluationOf } from "./evaluation";
import type { BuildOptions, Place } from "./events";
import { matchStages } from "./match";
import { baseImage } from "./names";
import type { BuildState, StepState } from "./state";

/** What of a build's context decided about its steps. */
export interface ContextManifest {
  entries: readonly (ContextEntry & { hash: string })[];
  ignore: string | null;
}

export interface RecordedBuild {
  text: string;
  options: BuildOptions;
  /** With the vertices of its own plan, at the places of its own text. */
  state: BuildState;
  /** Null where there was no context, or it is not known any more. */
  context: ContextManifest | null;
  /** Of the named contexts that were sent, those that are known. */
  named?: ReadonlyMap<string, ContextManifest>;
}

export interface ChangedFiles {
  changed: string[];
  added: string[];
  removed: string[];
  /** How many there are in all; the lists name some. */
  total: number;
}

export type Reason =
  /** The first build that this one can be compared with had nothing of it. */
  | { kind: "first" }
  | { kind: "noCache" }
  | { kind: "newInstruction" }
  | { kind: "changedInstruction"; was: string }
  /** `context` is the name of theirs, where that is not the build context. */
  | { kind: "files"; files: ChangedFiles; context?: string }
  | { kind: "variables"; variables: { name: string; was: string | null; is: string | null }[] }
  | { kind: "base"; was: string; is: string }
  | { kind: "platform"; was: string | null; is: string | null }
  /** A step that it starts from ran as well; `place` is where that began. */
  | { kind: "before"; place: Place; reason: Exclude<Reason, { kind: "before" }> }
  /** It had not come that far in the earlier build. */
  | { kind: "unfinished" }
  /** Nothing differs: the host did not have the result any more, or another host built it. */
  | { kind: "forgotten" };

export interface StepReason extends Place {
  reason: Reason;
}

/** Names of files and variables in a reason, at most. */
const NAMED = 20;

/** For every step of `build` that ran. `before` is the build to compare with; null where there is none. */
export function whyItRan(build: RecordedBuild, before: RecordedBuild | null): StepReason[] {
  return new Comparison(build, before).reasons();
}

class Comparison {
  private readonly present: Side;
  private readonly past: Side | null;
  /** Where an instruction of this build is in the earlier one; -1 where it is not. */
  private readonly matches: ReturnType<typeof matchStages>;
  private readonly known = new Map<string, Reason | null>();

  constructor(build: RecordedBuild, before: RecordedBuild | null) {
    this.present = new Side(build);
    this.past = before && new Side(before);
    this.matches = this.past ? matchStages(this.present.stages, this.past.stages) : [];
  }

  reasons(): StepReason[] {
    return this.present.stages.flatMap(({ index }) =>
      stepsOf(this.present.build.state, index).flatMap(({ place, step }) => {
        if (place.instruction === 0) return [];
        const reason = this.reasonOf(place, step);
        return reason ? [{ ...place, reason }] : [];
      }),
    );
  }

  /** Null for a step that did not run. */
  private reasonOf(place: Place, step: StepState): Reason | null {
    const key = `${place.stage}:${place.instruction}`;
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const reason = didRun(step) ? this.find(place) : null;
    this.known.set(key, reason);
    return reason;
  }

  private find(place: Place): Reason {
    const { present, past } = this;
    if (present.asksNoCache(place.stage)) return { kind: "noCache" };
    if (!past) return { kind: "first" };
    const match = this.matches[place.stage];
    const at = match?.instructions[place.instruction] ?? null;
    if (!match || at === null) {
      const was = match && this.replaced(place, match);
      return was ? { kind: "changedInstruction", was } : { kind: "newInstruction" };
    }
    const was = { stage: match.stage, instruction: at };
    return (
      this.platform() ??
      this.files(place, was) ??
      this.variables(place, was) ??
      this.base(place, was) ??
      this.earlier(place) ??
      (didEnd(past.build.state.stages[was.stage]?.steps[was.instruction])
        ? { kind: "forgotten" }
        : { kind: "unfinished" })
    );
  }

  /** What stood in its place before: the instruction of the same keyword between those that match around it. */
  private replaced(place: Place, match: NonNullable<(typeof this.matches)[number]>): string | null {
    const old = this.past!.stages[match.stage]!.instructions;
    const taken = new Set(match.instructions);
    const { keyword } = this.present.instruction(place)!;
    let first = 1;
    for (let at = place.instruction - 1; at > 0; at--) {
      const to = match.instructions[at] ?? null;
      if (to === null) continue;
      first = to + 1;
      break;
    }
    for (const candidate of old.slice(first)) {
      if (taken.has(candidate.indexInStage)) return null;
      if (candidate.keyword === keyword) return `${candidate.keyword} ${candidate.text}`;
    }
    return null;
  }

  private platform(): Reason | null {
    const [is, was] = [this.present.build.options.platform, this.past!.build.options.platform];
    return is === was ? null : { kind: "platform", was, is };
  }

  private files(place: Place, was: Place): Reason | null {
    const [is, before] = [this.present.taken(place), this.past!.taken(was)];
    if (!is || !before || is.context !== before.context) return null;
    const files: ChangedFiles = { changed: [], added: [], removed: [], total: 0 };
    const name = (list: string[], path: string) => {
      files.total += 1;
      if (list.length < NAMED) list.push(path);
    };
    for (const [path, hash] of is.files) {
      const old = before.files.get(path);
      if (old === undefined) name(files.added, path);
      else if (old !== hash) name(files.changed, path);
    }
    for (const path of before.files.keys()) if (!is.files.has(path)) name(files.removed, path);
    if (files.total === 0) return null;
    return { kind: "files", files, ...(is.context !== null && { context: is.context }) };
  }

  /** A RUN sees every variable; the others only what they name, and that is in their words. */
  private variables(place: Place, was: Place): Reason | null {
    const [is, before] = [this.present.values(place), this.past!.values(was)];
    if (!is || !before || (is.words === before.words && is.keyword !== "RUN")) return null;
    const names = new Set([...is.variables.keys(), ...before.variables.keys()]);
    const variables = [...names].flatMap((name) => {
      const [value, old] = [is.variables.get(name) ?? null, before.variables.get(name) ?? null];
      return value === old ? [] : [{ name, was: old, is: value }];
    });
    return variables.length > 0 ? { kind: "variables", variables: variables.slice(0, NAMED) } : null;
  }

  /** The image that the stage is built on, where this is the first step on it. */
  private base(place: Place, was: Place): Reason | null {
    const steps = stepsOf(this.present.build.state, place.stage).filter(
      ({ place: at }) => at.instruction > 0,
    );
    if (steps[0]?.place.instruction !== place.instruction) return null;
    const [is, before] = [this.present.image(place.stage), this.past!.image(was.stage)];
    return is !== null && before !== null && is !== before ? { kind: "base", was: before, is } : null;
  }

  private earlier(place: Place): Reason | null {
    for (const before of stepsBefore(place, this.present.build.state, this.present.stages)) {
      if (before.place.instruction === 0) continue;
      const reason = this.reasonOf(before.place, before.step);
      if (!reason) continue;
      return reason.kind === "before" ? reason : { kind: "before", place: before.place, reason };
    }
    return null;
  }
}

/** One build, with what is asked of it worked out when it is first asked. */
class Side {
  private readonly tree;
  private evaluated: Map<string, Values> | null = null;
  private takes: Map<string, Taken> | null = null;

  constructor(readonly build: RecordedBuild) {
    this.tree = parseDockerfile(build.text);
  }

  get stages(): readonly Stage[] {
    return this.tree.stages;
  }

  /** By name or number, as --no-cache-filter takes them. */
  asksNoCache(stage: number): boolean {
    const { noCache, noCacheStages } = this.build.options;
    const name = this.stages[stage]?.name;
    return (
      noCache ||
      noCacheStages.some((word) => word === String(stage) || (name != null && word.toLowerCase() === name))
    );
  }

  instruction({ stage, instruction }: Place): Instruction | undefined {
    return this.stages[stage]?.instructions[instruction];
  }

  values(place: Place): Values | undefined {
    this.evaluated ??= this.evaluate();
    return this.evaluated.get(keyOf(place));
  }

  private evaluate(): Map<string, Values> {
    const values = new Map<string, Values>();
    evaluate(this.tree, evaluationOf(this.build.options), ({ node, at, words, state }) => {
      if (node !== at || node.stage === null || !STEPS.has(node.keyword)) return;
      const key = keyOf({ stage: node.stage, instruction: node.indexInStage });
      values.set(key, {
        keyword: node.keyword,
        words: words.join("\0"),
        variables: state.variables.fork(),
      });
    });
    return values;
  }

  /** What a COPY or ADD took; undefined where that is not known. */
  taken(place: Place): Taken | undefined {
    if (!this.takes) {
      const { context, named } = this.build;
      this.takes = new Map(context ? this.takenFrom(null, context) : []);
      for (const [name, manifest] of named ?? [])
        for (const [key, taken] of this.takenFrom(name, manifest)) this.takes.set(key, taken);
    }
    return this.takes.get(keyOf(place));
  }

  private takenFrom(name: string | null, { entries, ignore }: ContextManifest): [string, Taken][] {
    const hashes = new Map(entries.map(({ path, hash }) => [path, hash]));
    const options = evaluationOf(this.build.options);
    const previews = copyPreviews(this.tree, options, contextTree(entries, ignore), Infinity, name);
    return previews.map(({ stage, instruction, taken }) => [
      keyOf({ stage, instruction }),
      { context: name, files: new Map(taken.map(({ path }) => [path, hashes.get(path) ?? ""])) },
    ]);
  }

  /** With its digest, as the host resolved it. */
  image(stage: number): string | null {
    const { stages, vertices } = this.build.state;
    return baseImage(vertices, stages[stage]?.steps[0]);
  }
}

interface Taken {
  /** Name of a named context. */
  context: string | null;
  /** Hashes by path. */
  files: ReadonlyMap<string, string>;
}

interface Values {
  keyword: string;
  words: string;
  variables: Variables;
}

const STEPS = new Set(["RUN", "COPY", "ADD", "WORKDIR"]);
const keyOf = ({ stage, instruction }: Place) => `${stage}:${instruction}`;

const didRun = ({ status }: StepState) => status === "done" || status === "failed" || status === "running";
const didEnd = (step: StepState | undefined) => step?.status === "done" || step?.status === "cached";
