import type { TextEdit } from "../../text";
import { toLower } from "../characters";
import { stageNumber } from "../sourceNames";
import type { Dockerfile, Stage } from "../types";
import { type Refusal, refuse } from "./draft";
import { called, capital, freeName, nameForBase, nameForFiles, needs } from "./names";
import { nameEdit } from "./renameStage";
import type { Source } from "./types";

/** How to write a source in one place, and what else must be written for it to be found. */
export interface WrittenSource {
  word: string;
  edits: TextEdit[];
  notes: string[];
  /** a stage that gets a name for this, and the name */
  named?: { index: number; name: string };
}

/**
 * The word for what `user` takes its base or its files from.
 *
 * @param use a FROM needs a name of a stage before it, a mount a name, a COPY takes a number as well
 */
export function writeSource(
  tree: Dockerfile,
  user: number,
  use: "from" | "copy" | "mount",
  source: Source,
): WrittenSource | Refusal {
  return source.kind === "image"
    ? writeImage(tree, user, use, source.ref)
    : writeStage(tree, user, use, source.index);
}

function writeImage(
  tree: Dockerfile,
  user: number,
  use: "from" | "copy" | "mount",
  ref: string,
): WrittenSource | Refusal {
  if (ref === "" || /[\s"'\\`]/.test(ref)) return refuse(`"${ref}" is no image reference.`);
  if (use !== "from") {
    if (ref.includes("$")) {
      const what = use === "copy" ? "--from" : "a mount's from";
      return refuse(
        `Variables are not expanded in ${what}. Add a stage with FROM ${ref} and take the files from that.`,
      );
    }
    if (stageNumber(ref) !== null && use === "copy")
      return refuse(`"${ref}" would be read as the number of a stage.`);
    if (ref.includes(",")) return refuse(`"${ref}" is no image reference.`);
  }
  const clash = tree.stages.find((stage) =>
    use === "from" ? stage.index < user && stage.name === ref : stage.name === toLower(ref),
  );
  if (clash !== undefined)
    return refuse(`"${ref}" is the name of stage ${clash.index} and would mean that, not an image.`);
  return { word: ref, edits: [], notes: [] };
}

function writeStage(
  tree: Dockerfile,
  user: number,
  use: "from" | "copy" | "mount",
  index: number,
): WrittenSource | Refusal {
  const target = tree.stages[index];
  const stage = tree.stages[user];
  if (target === undefined || stage === undefined) return refuse("There is no such stage.");
  const order = checkOrder(tree, stage, target, use);
  if (order !== null) return order;
  const name = use === "from" ? nameForBase(tree, index, user) : nameForFiles(tree, index);
  if (name !== null) return { word: name, edits: [], notes: [] };
  if (use === "copy") return { word: String(index), edits: [], notes: [] };
  if (target.name !== null)
    return refuse(`Another stage is called ${called(target)} too. Give one of them another name first.`);
  const fresh = freeName(tree, index);
  const edit = nameEdit(tree, target, fresh);
  if ("reason" in edit) return edit;
  return {
    word: fresh,
    edits: [edit],
    notes: [`Stage ${index} had no name to refer to and is now called "${fresh}".`],
    named: { index, name: fresh },
  };
}

function checkOrder(
  tree: Dockerfile,
  user: Stage,
  target: Stage,
  use: "from" | "copy" | "mount",
): Refusal | null {
  if (user.index === target.index) {
    return refuse(
      use === "from" ? "A stage cannot be its own base." : "A stage cannot take files from itself.",
    );
  }
  if (needs(tree, target.index, user.index)) {
    return refuse(
      `${capital(called(target))} already needs ${called(user)}: together they would go in a circle.`,
    );
  }
  if (target.index < user.index) return null;
  return refuse(
    `${capital(called(target))} comes after ${called(user)} in the file. It must come before it to be used there.`,
    {
      type: "moveStage",
      stage: target.index,
      to: user.index,
    },
  );
}
