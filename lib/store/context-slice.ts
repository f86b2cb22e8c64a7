/** The build context's files, once they are known, and what each COPY and ADD will take of them. */
import { type ContextTree, contextTree } from "../build/context/context-tree";
import { type CopyPreview, copyPreviews } from "../build/context/copies";
import { copyFindings } from "../build/context/findings";
import { evaluationOf } from "../build/evaluation";
import type { Diagnostic } from "../dockerfile";
import type { ContextView } from "../share/answers";
import { inWords } from "../share/client/request-error";
import { copyKey } from "./copy-key";
import type { GetStore, SetStore } from "./document-store";

/** What is in the attached build context; not known to those who only read. */
export type ContextFiles =
  | { state: "none" }
  | { state: "loading" }
  | {
      state: "ready";
      tree: ContextTree;
      /** Text of the ignore file that counts; null where there is none. */
      ignore: string | null;
    }
  | { state: "failed"; message: string };

export interface ContextSlice {
  contextFiles: ContextFiles;
  /** What COPY and ADD will take, by {@link copyKey}. A moment behind the text: compare `text` before showing one. */
  copies: ReadonlyMap<string, CopyPreview>;
}

export interface ContextParts extends ContextSlice {
  /** Works out anew what copies take, from the text, the options and the files as they are now. */
  previewCopies(): readonly Diagnostic[];
  /** Lists the files of what is attached now. Ends, without a word, when `signal` says so. */
  readContext(list: (signal: AbortSignal) => Promise<ContextView>, signal: AbortSignal): Promise<void>;
}

const NONE: ReadonlyMap<string, CopyPreview> = new Map();

export function createContextSlice(set: SetStore, get: GetStore): ContextParts {
  const show = (contextFiles: ContextFiles) => {
    set({ contextFiles });
    get().check();
  };
  return {
    contextFiles: { state: "none" },
    copies: NONE,
    previewCopies() {
      const { contextFiles, tree, stageIds, options, copies } = get();
      if (contextFiles.state !== "ready") {
        if (copies !== NONE) set({ copies: NONE });
        return [];
      }
      const previews = copyPreviews(tree, evaluationOf(options), contextFiles.tree);
      set({
        copies: new Map(previews.map((each) => [copyKey(stageIds[each.stage]!, each.instruction), each])),
      });
      return copyFindings(previews);
    },
    async readContext(list, signal) {
      if (get().context === null) return show({ state: "none" });
      set({ contextFiles: { state: "loading" } });
      try {
        const { entries, ignore } = await list(signal);
        if (!signal.aborted) show({ state: "ready", tree: contextTree(entries, ignore), ignore });
      } catch (error) {
        if (!signal.aborted) show({ state: "failed", message: inWords(error).message });
      }
    },
  };
}
