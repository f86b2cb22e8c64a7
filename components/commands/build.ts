/** What is built, with what, and that it stops. */
import { whyNoFiles } from "@/components/build/files/why-no-files";
import { isUnderWay } from "@/components/build/use-build";
import { whyNotBuild } from "@/components/build/why-not";
import { stageHere } from "./stage";
import type { Command, CommandContext } from "./types";

const building = ({ document }: CommandContext) => isUnderWay(document.build?.summary.status);

const mayStart = (context: CommandContext): true | string | false => {
  if (!context.document.rights.edit) return false;
  if (building(context)) return "A build is under way: stop it first.";
  return whyNotBuild(context.document) ?? true;
};

function here(context: CommandContext) {
  const id = stageHere(context);
  return context.document.graph.stages.find((stage) => stage.id === id) ?? null;
}

const targetOf = (index: number) => ({ target: index, everyStage: false });

function start({ document }: CommandContext, replace = false): Promise<void> {
  if (document.panel !== "logs" && document.panel !== "sizes") document.setPanel("timeline");
  return document.startBuild(replace);
}

export const buildCommands: readonly Command[] = [
  {
    id: "build.start",
    title: "Build",
    group: "Build",
    keys: ["Mod+Enter"],
    words: "run start docker",
    available: mayStart,
    perform: (context) => start(context),
  },
  {
    id: "build.again",
    title: "Stop the build and begin anew",
    group: "Build",
    words: "restart replace rebuild queue",
    available: (context) => {
      if (!context.document.rights.edit) return false;
      if (!building(context)) return "No build is under way.";
      return whyNotBuild(context.document) ?? true;
    },
    perform: (context) => start(context, true),
  },
  {
    id: "build.stop",
    title: "Stop the build",
    group: "Build",
    words: "cancel abort",
    available: (context) => context.document.rights.edit && (building(context) || "No build is under way."),
    perform: ({ document }) => document.stopBuild(),
  },
  {
    id: "build.stage",
    title: (context) => `Build ${here(context)?.label ?? "the selected stage"} alone`,
    group: "Build",
    words: "target this stage",
    available: (context) =>
      mayStart(context) === false
        ? false
        : here(context) === null
          ? "Select a stage first."
          : mayStart(context),
    perform(context) {
      const stage = here(context);
      if (!stage) return;
      context.document.setOptions(targetOf(stage.index));
      return start(context);
    },
  },
  {
    id: "build.files",
    title: (context) => `Show the files of ${here(context)?.label ?? "a stage"}`,
    group: "Build",
    words: "layers image tree wasted content size",
    available: (context) =>
      context.document.rights.edit &&
      (here(context) === null
        ? "Select a stage first."
        : (whyNoFiles(context.document, here(context)?.index ?? 0) ?? true)),
    perform(context) {
      const id = stageHere(context);
      if (id !== null) context.document.openFiles(id);
    },
  },
  {
    id: "build.target",
    title: (context) => `Show what ${here(context)?.label ?? "a stage"} needs as the target`,
    group: "Build",
    words: "choose target dim",
    available: (context) =>
      context.document.rights.edit && (here(context) !== null || "Select a stage first."),
    perform(context) {
      const stage = here(context);
      if (stage) context.document.setOptions(targetOf(stage.index));
    },
  },
  {
    id: "build.everyStage",
    title: "Take every stage as the target",
    group: "Build",
    words: "all stages reset target",
    available: ({ document: { rights, options } }) =>
      rights.edit &&
      ((options.target === null && options.everyStage ? "Every stage is built already." : true) as
        | true
        | string),
    perform: ({ document }) => document.setOptions({ target: null, everyStage: true }),
  },
  {
    id: "build.whatIf",
    title: ({ document }) =>
      document.whatIf
        ? "Stop showing what an edit rebuilds"
        : "Show what an edit of the selected row rebuilds",
    group: "Build",
    keys: ["W"],
    words: "what if cache forecast rerun impact",
    available: ({ document }) =>
      document.past.length > 0 || "It takes an earlier build to tell by: build once.",
    perform: ({ document }) => document.setWhatIf(!document.whatIf),
  },
  {
    id: "build.options",
    title: "Build options…",
    group: "Build",
    keys: ["O"],
    words: "arguments secrets platform cache labels tags network",
    available: ({ document }) => document.rights.edit,
    perform: ({ canvas }) => canvas.change({ overlay: { kind: "options" } }),
  },
  {
    id: "build.hosts",
    title: "Show all build hosts",
    group: "Build",
    words: "docker engine machine queue disk",
    perform: async ({ flush }) => {
      await flush();
      window.location.assign("/hosts");
    },
  },
];
