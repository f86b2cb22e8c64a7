import type { StageId } from "@/lib/graph/types";

/** An instruction that is written before another of a stage (or behind the last), or one that is changed. */
export interface OpenInstruction {
  kind: "insert" | "edit";
  stage: StageId;
  /** The instruction it comes before, or that it is. */
  at: number;
}
