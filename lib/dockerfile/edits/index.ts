import type { Dockerfile } from "../types";
import { addCopy } from "./addCopy";
import { addStage } from "./addStage";
import { commentOut } from "./commentOut";
import { describeStage } from "./describeStage";
import type { Draft, Refusal } from "./draft";
import { duplicateStage } from "./duplicateStage";
import { extractStage } from "./extractStage";
import { addGlobalArg, removeGlobalArg, setGlobalArg } from "./globalArgs";
import { inlineStage } from "./inlineStage";
import { insertInstruction, moveInstruction, removeInstruction, replaceInstruction } from "./instructions";
import { addMount, removeMount } from "./mounts";
import { moveStage } from "./moveStage";
import { nameReferences } from "./nameReferences";
import { removeStage } from "./removeStage";
import { renameStage } from "./renameStage";
import { retargetReference, setBase } from "./retarget";
import { setCopyPaths } from "./setCopyPaths";
import { setDirective } from "./setDirective";
import { setFlag } from "./setFlag";
import { setMountOption } from "./setMountOption";
import { setPlatform } from "./setPlatform";
import type { DockerfileEdit, EditResult } from "./types";
import { uncomment } from "./uncomment";
import { verify } from "./verify";

export { placeForFiles } from "./addCopy";
export { planEdits } from "./sequence";
export type { DockerfileEdit, EditResult, Source } from "./types";

/**
 * The minimal text edits that do what `edit` says, or the reason why it cannot be done, for the person who asked.
 * Never throws. What it hands out has been tried: the graph afterwards is the one before with just that change.
 */
export function planEdit(tree: Dockerfile, edit: DockerfileEdit): EditResult {
  const draft = draftOf(tree, edit);
  return "reason" in draft ? { ok: false, ...draft } : verify(tree, draft);
}

function draftOf(tree: Dockerfile, edit: DockerfileEdit): Draft | Refusal {
  switch (edit.type) {
    case "addStage":
      return addStage(tree, edit);
    case "removeStage":
      return removeStage(tree, edit);
    case "renameStage":
      return renameStage(tree, edit);
    case "moveStage":
      return moveStage(tree, edit);
    case "describeStage":
      return describeStage(tree, edit);
    case "duplicateStage":
      return duplicateStage(tree, edit);
    case "setBase":
      return setBase(tree, edit);
    case "setPlatform":
      return setPlatform(tree, edit);
    case "addCopy":
      return addCopy(tree, edit);
    case "setCopyPaths":
      return setCopyPaths(tree, edit);
    case "removeInstruction":
      return removeInstruction(tree, edit);
    case "retargetReference":
      return retargetReference(tree, edit);
    case "insertInstruction":
      return insertInstruction(tree, edit);
    case "replaceInstruction":
      return replaceInstruction(tree, edit);
    case "moveInstruction":
      return moveInstruction(tree, edit);
    case "extractStage":
      return extractStage(tree, edit);
    case "inlineStage":
      return inlineStage(tree, edit);
    case "nameReferences":
      return nameReferences(tree, edit);
    case "setFlag":
      return setFlag(tree, edit);
    case "setDirective":
      return setDirective(tree, edit);
    case "addMount":
      return addMount(tree, edit);
    case "setMountOption":
      return setMountOption(tree, edit);
    case "removeMount":
      return removeMount(tree, edit);
    case "addGlobalArg":
      return addGlobalArg(tree, edit);
    case "setGlobalArg":
      return setGlobalArg(tree, edit);
    case "removeGlobalArg":
      return removeGlobalArg(tree, edit);
    case "commentOut":
      return commentOut(tree, edit);
    case "uncomment":
      return uncomment(tree, edit);
  }
}
