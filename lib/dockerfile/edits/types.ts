import type { TextEdit } from "../../text";

/** Where files or a base come from. */
export type Source = { kind: "stage"; index: number } | { kind: "image"; ref: string };

/** A structural edit, as data. Indices are those of the tree it is planned on; `instruction` 0 is a stage's FROM. */
export type DockerfileEdit =
  | { type: "addStage"; name?: string; base: string /** stage index; default: the last */; after?: number }
  | { type: "removeStage"; stage: number }
  /** AS and every reference follow; a name "" removes AS where nothing refers by name */
  | { type: "renameStage"; stage: number; name: string }
  | { type: "moveStage"; stage: number /** its index afterwards */; to: number }
  /** the comment above FROM that begins with the stage's name, which BuildKit shows as its description */
  | { type: "describeStage"; stage: number; text: string | null }
  | { type: "duplicateStage"; stage: number; name: string }
  | { type: "setBase"; stage: number; base: Source }
  | { type: "setPlatform"; stage: number; platform: string | null }
  | {
      type: "addCopy";
      stage: number;
      from: Source;
      sources: string[];
      destination: string;
      /** index in the stage to insert before; default: behind what brings files in, before CMD and ENTRYPOINT */
      at?: number;
    }
  | { type: "setCopyPaths"; stage: number; instruction: number; sources: string[]; destination: string }
  | { type: "removeInstruction"; stage: number; instruction: number }
  | {
      type: "retargetReference";
      stage: number;
      instruction: number /** nth of the instruction */;
      reference: number;
      to: Source;
    }
  | { type: "insertInstruction"; stage: number; at: number; text: string }
  | { type: "replaceInstruction"; stage: number; instruction: number; text: string }
  | {
      type: "moveInstruction";
      from: { stage: number; instruction: number };
      /** before which instruction of the stage, counted before the move */
      to: { stage: number; at: number };
    }
  | {
      type: "extractStage";
      stage: number;
      /** instructions `[from, to)` of it, FROM not among them */
      from: number;
      to: number;
      name: string;
      /** what the rest of the stage needs of them; default: what they are seen to write */
      paths?: string[];
    }
  /** writes a stage's instructions into those built on it, and takes it away */
  | { type: "inlineStage"; stage: number }
  /** COPY --from=0 becomes --from=name; without a place, all of them */
  | { type: "nameReferences"; at?: { stage: number; instruction: number } }
  /** a value "" writes the bare flag, null takes the flag away */
  | {
      type: "setFlag";
      stage: number;
      instruction: number;
      flag: string;
      value: string | null;
      /** which of several flags of that name, counted from 0; one more than there are is added behind them */
      nth?: number;
    }
  /** null takes the directive away */
  | { type: "setDirective"; name: "syntax" | "escape" | "check"; value: string | null }
  | {
      type: "addMount";
      stage: number;
      instruction: number;
      /** key and value in order, as in type=cache,target=/root/.cache; null for a key alone; `from` where that is to stand */
      options: [key: string, value: string | null][];
      from?: Source;
    }
  /** a value "" writes the bare key, null takes the option away; `from` is retargeted instead */
  | {
      type: "setMountOption";
      stage: number;
      instruction: number;
      mount: number;
      option: string;
      value: string | null;
    }
  /** the nth mount of a RUN */
  | { type: "removeMount"; stage: number; instruction: number; mount: number }
  /** an ARG before the first FROM; a value as it is written behind the `=`, null for none */
  | { type: "addGlobalArg"; name: string; value: string | null }
  /** `arg` counts those before the first FROM, several of one instruction one by one */
  | { type: "setGlobalArg"; arg: number; value: string | null }
  | { type: "removeGlobalArg"; arg: number }
  | { type: "commentOut"; stage: number; instruction: number }
  /** the other way round; the 1-based line is where the comments begin that read as an instruction of the stage */
  | { type: "uncomment"; stage: number; line: number };

export type EditResult =
  | {
      ok: true;
      /** sorted and disjoint, into the tree's source */
      edits: TextEdit[];
      /** what else the edit changes or breaks, in plain words */
      notes: string[];
      /** what to show as selected afterwards, by its new indices */
      select?: { stage: number; instruction?: number };
    }
  | {
      ok: false;
      /** why not, for the person who asked */
      reason: string;
      /** an edit to do first that would make it possible */
      remedy?: DockerfileEdit;
    };
