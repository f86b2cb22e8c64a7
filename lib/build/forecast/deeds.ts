/**
 * What each instruction asks of BuildKit, in words that differ where the request differs: dispatchRun, dispatchCopy and
 * dispatchWorkdir of dockerfile2llb/convert.go, without what the step starts from.
 */
import { type Dockerfile, evaluate, resolveBuild, type Stage, type Step } from "../../dockerfile";
import { evaluationOf } from "../evaluation";
import type { BuildOptions, Place } from "../events";

/** An instruction that counts as changed; `mark` is a text that stands nowhere else. */
export interface Edited extends Place {
  mark: string;
}

export interface Deed extends Place {
  keyword: string;
  /** All that decides what it does. */
  does: string;
  /** As its row says it. */
  text: string;
  link: boolean;
  takesContext: boolean;
}

/** What instructions before have set, that BuildKit puts into those after. */
interface Settings {
  cwd: string;
  user: string;
  shell: string;
}

/** By stage; of each those that BuildKit does work for, ONBUILDs of its base first, at its FROM. */
export function deedsOf(tree: Dockerfile, options: BuildOptions, edited?: Edited): Deed[][] {
  const deeds: Deed[][] = tree.stages.map(() => []);
  const settings: Settings[] = [];
  const { stages } = resolveBuild(tree, evaluationOf(options));
  /** A stage without instructions has set nothing of its own. */
  const inherited = (index: number): Settings => {
    for (let base = stages[index]!.base; base.kind === "stage"; base = stages[base.index]!.base) {
      const found = settings[base.index];
      if (found) return { ...found };
    }
    return { cwd: "", user: "", shell: "" };
  };
  const global = JSON.stringify([options.network, options.addHosts, options.ulimits]);
  evaluate(tree, evaluationOf(options), (step) => {
    const { at, node, state } = step;
    const { stage } = state;
    settings[stage.index] ??= inherited(stage.index);
    const now = settings[stage.index]!;
    const mark =
      edited?.stage === stage.index && edited.instruction === at.indexInStage && edited.instruction > 0
        ? edited.mark
        : "";
    if (mark !== "") change(step, now, mark);
    const does = doesOf(step, now, global);
    apply(step, now);
    if (does === null) return;
    deeds[stage.index]!.push({
      stage: stage.index,
      instruction: at.indexInStage,
      keyword: node.keyword,
      does: does + mark,
      text: `${node.keyword} ${node.text}`,
      link: node.flags.some(({ name, value }) => name === "link" && value !== "false"),
      takesContext: takesContext(step),
    });
  });
  if (options.everyStage)
    for (const { index, base, reached } of stages) {
      // A stage that the target does not need is built as a target of its own: only then its base's ONBUILDs are run.
      if (reached || base.kind !== "stage" || !holdsBack(tree.stages[base.index]!)) continue;
      deeds[index] = deedsOf(tree, { ...options, target: index, everyStage: false }, edited)[index]!;
    }
  return deeds;
}

const holdsBack = ({ instructions }: Stage) => instructions.some(({ keyword }) => keyword === "ONBUILD");

/** Makes what an instruction hands on to those after it another than it was. */
function change({ node, state, pairs }: Step, settings: Settings, mark: string): void {
  switch (node.keyword) {
    case "ENV":
      for (const pair of pairs) pair.value = `${pair.value ?? ""}${mark}`;
      return;
    case "ARG":
      for (const { name, value } of pairs) state.variables.set(name, `${value ?? ""}${mark}`);
      return;
    case "USER":
      settings.user += mark;
      return;
    case "SHELL":
      settings.shell += mark;
      return;
    case "WORKDIR":
      settings.cwd += mark;
  }
}

function apply({ node, words }: Step, settings: Settings): void {
  if (node.keyword === "WORKDIR") settings.cwd = joined(settings.cwd, words[0] ?? "");
  else if (node.keyword === "USER") settings.user = words[0] ?? "";
  else if (node.keyword === "SHELL") settings.shell = JSON.stringify(node.values);
}

/** Null where there is nothing for BuildKit to do but to note it in the image's configuration. */
function doesOf(step: Step, { cwd, user, shell }: Settings, global: string): string | null {
  const { node, words } = step;
  switch (node.keyword) {
    case "RUN":
      return [
        "RUN",
        ...node.rawFlags.map(({ word }) => withoutFrom(word)),
        node.json ? "exec" : shell,
        JSON.stringify(node.values),
        JSON.stringify(node.heredocs.map(({ name, content }) => [name, content])),
        cwd,
        user,
        variables(step),
        global,
      ].join("\0");
    case "COPY":
    case "ADD": {
      const flags = node.rawFlags.map(({ word }) => word).filter((word) => !/^--(?:from|link)\b/.test(word));
      const bodies = node.heredocs.map(({ name, content }) => `${name}\0${content}`);
      const expands = [...flags, ...bodies].some((text) => text.includes("$"));
      const last = words.at(-1) ?? "";
      return [
        node.keyword,
        ...flags,
        ...bodies,
        JSON.stringify(words),
        last.startsWith("/") ? "" : cwd,
        expands ? variables(step) : "",
      ].join("\0");
    }
    case "WORKDIR": {
      const path = joined(cwd, words[0] ?? "");
      return path === "/" ? null : `WORKDIR\0${path}\0${user}`;
    }
    default:
      return null;
  }
}

/** What a mount's source is called says nothing of what is in it. */
const withoutFrom = (flag: string) => flag.replace(/\bfrom=[^,]*/, "from");

const variables = ({ state }: Step) =>
  [...state.variables].map(([name, value]) => `${name}=${value}`).join("\0");

const joined = (from: string, to: string) => (to.startsWith("/") ? to : `${from.replace(/\/$/, "")}/${to}`);

function takesContext({ node }: Step): boolean {
  if (node.keyword === "RUN")
    return node.rawFlags.some(
      ({ word }) => word.startsWith("--mount=") && /^--mount=(?!.*\bfrom=)(?!.*\btype=(?!bind))/.test(word),
    );
  return node.keyword !== "WORKDIR" && !node.flags.some(({ name }) => name === "from");
}
