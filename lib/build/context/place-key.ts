export const placeKey = ({ stage, instruction }: { stage: number; instruction: number }) =>
  `${stage}:${instruction}`;
