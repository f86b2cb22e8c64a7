import type { StageId } from "../graph/types";

/** What a COPY or ADD is known by among those of which it is known what they take. */
export const copyKey = (stage: StageId, instruction: number): string => `${stage}:${instruction}`;
