/** What every edit means for what a file comes to: a second opinion that knows nothing of how edits are written. */
import { type DockerfileEdit, parseDockerfile, type Source } from "../../lib/dockerfile";
import { ANY, type Model, type ModelStage, modelOf, type Row, type Target } from "./edit-model";

/** Changes a model as an edit means it. `after` is asked only for what an edit leaves to itself: new names, chosen places. */
export function change(model: Model, edit: DockerfileEdit, after: Model): void {
  const { stages } = model;
  const own = "stage" in edit ? stages[edit.stage]! : stages[0]!;
  const row = "instruction" in edit ? own.rows[edit.instruction - 1] : undefined;
  const targetOf = (source: Source): Target => {
    if (source.kind === "image") return source.ref;
    // A stage without a name is given one, to be spoken of.
    const stage = stages[source.index]!;
    stage.name ??= after.stages[source.index]!.name;
    return stage;
  };
  switch (edit.type) {
    case "addStage": {
      const at = (edit.after ?? stages.length - 1) + 1;
      const base = stages.slice(0, at).findLast(({ name }) => name === edit.base) ?? edit.base;
      stages.splice(at, 0, { name: edit.name?.toLowerCase() ?? null, base, platform: null, rows: [] });
      return;
    }
    case "removeStage":
      stages.splice(edit.stage, 1);
      for (const stage of stages) {
        if (stage.base === own) stage.base = own.base;
        stage.rows = stage.rows.filter(({ keyword, from }) => keyword !== "COPY" || !from.includes(own));
        for (const each of stage.rows) each.from = each.from.filter((target) => target !== own);
      }
      return;
    case "renameStage":
      own.name = edit.name.toLowerCase() || null;
      return;
    case "moveStage":
      stages.splice(edit.stage, 1);
      stages.splice(edit.to, 0, own);
      return;
    case "duplicateStage":
      stages.splice(edit.stage + 1, 0, {
        ...own,
        name: edit.name.toLowerCase(),
        rows: own.rows.map((each) => ({ ...each, from: [...each.from] })),
      });
      return;
    case "setBase":
      own.base = targetOf(edit.base);
      return;
    case "setPlatform":
      own.platform = edit.platform;
      return;
    case "addCopy": {
      const at =
        edit.at ??
        after.stages[edit.stage]!.rows.findIndex((each, index) => own.rows[index]?.words !== each.words) + 1;
      own.rows.splice(at - 1, 0, {
        keyword: "COPY",
        from: [targetOf(edit.from)],
        words: pathsOf(edit).join(" "),
      });
      return;
    }
    case "setCopyPaths":
      row!.words = [...row!.words.split(" ").filter((word) => word.startsWith("--")), ...pathsOf(edit)].join(
        " ",
      );
      return;
    case "removeInstruction":
    case "commentOut":
      own.rows.splice(edit.instruction - 1, 1);
      return;
    case "retargetReference":
      if (edit.instruction === 0) own.base = targetOf(edit.to);
      else row!.from[row!.from.findIndex((target) => target !== "")] = targetOf(edit.to);
      return;
    case "insertInstruction":
      own.rows.splice(edit.at - 1, 0, rowOf(edit.text, stages));
      return;
    case "replaceInstruction":
      own.rows[edit.instruction - 1] = rowOf(edit.text, stages);
      return;
    case "moveInstruction": {
      const { from, to } = edit;
      const [moved] = stages[from.stage]!.rows.splice(from.instruction - 1, 1);
      const gone = from.stage === to.stage && from.instruction < to.at ? 1 : 0;
      stages[to.stage]!.rows.splice(to.at - 1 - gone, 0, moved!);
      return;
    }
    case "extractStage": {
      const kept = own.rows.slice(0, edit.from - 1);
      const taken: ModelStage = {
        name: edit.name.toLowerCase(),
        base: own.base,
        platform: own.platform,
        rows: own.rows.slice(edit.from - 1, edit.to - 1),
      };
      const added = [taken];
      if (kept.length > 0) {
        const shared = { name: ANY, base: own.base, platform: own.platform, rows: kept };
        added.unshift(shared);
        taken.base = own.base = shared;
        taken.platform = own.platform = null;
      }
      const rest = own.rows.slice(edit.to - 1);
      stages.splice(edit.stage, 0, ...added);
      const copies = after.stages[stages.indexOf(own)]!.rows.length - rest.length;
      own.rows = [
        ...Array.from({ length: Math.max(0, copies) }, () => ({
          keyword: "COPY",
          from: [taken],
          words: ANY,
        })),
        ...rest,
      ];
      return;
    }
    case "inlineStage":
      stages.splice(edit.stage, 1);
      for (const stage of stages) {
        if (stage.base !== own) continue;
        stage.base = own.base;
        stage.platform ??= own.platform;
        stage.rows = [...own.rows.map((each) => ({ ...each, from: [...each.from] })), ...stage.rows];
      }
      return;
    case "nameReferences":
      for (const [at, stage] of stages.entries()) stage.name ??= after.stages[at]!.name;
      return;
    case "setFlag": {
      const words = row!.words.split(" ");
      const flags = words.filter((word) => word.startsWith("--") && !word.startsWith(`--${edit.flag}=`));
      const others = words.filter((word) => !word.startsWith("--"));
      const written = edit.value === null ? [] : [`--${edit.flag}=${edit.value === "" ? null : edit.value}`];
      row!.words = [...flags, ...written, ...others].join(" ");
      return;
    }
    case "setDirective":
      model.directives = ANY;
      return;
    case "addMount":
      row!.from.push(edit.from === undefined ? "" : targetOf(edit.from));
      return;
    case "removeMount":
      row!.from.splice(edit.mount, 1);
      return;
    case "setMountOption":
      return;
    case "addGlobalArg":
    case "setGlobalArg":
    case "removeGlobalArg":
      model.globals = ANY;
      return;
    case "uncomment": {
      const now = after.stages[edit.stage]!.rows;
      const at = now.findIndex(
        (each, index) => own.rows[index]?.words !== each.words || own.rows[index]?.keyword !== each.keyword,
      );
      own.rows.splice(at, 0, { ...now[at]! });
      return;
    }
  }
}

/** Several files go into a directory, which is written as one. */
function pathsOf({ sources, destination }: { sources: string[]; destination: string }): string[] {
  return [...sources, sources.length > 1 ? `${destination.replace(/\/$/, "")}/` : destination];
}

/** An instruction as it reads among these stages. */
function rowOf(text: string, stages: readonly ModelStage[]): Row {
  const names = stages.map(({ name }) => name);
  const [stage] = modelOf(parseDockerfile(`FROM x\n${text}\n`)).stages;
  const [row] = stage!.rows;
  return { ...row!, from: row!.from.map((target) => stages[names.lastIndexOf(target as string)] ?? target) };
}
