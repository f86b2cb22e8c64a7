/** Dockerfiles to measure the page with, of the shape that large ones have in life. */

/** As moby/buildkit's own: 49 stages, 600 lines, most of them small, named, and copied from by others. */
export const buildkitLike = (): string => stagesLike(49, 600);

/** 500 stages with 5,000 instructions, their FROMs counted. */
export const veryLarge = (): string => stagesLike(500, 5_500);

/** Every fifth stage begins anew from an image, the others stand on one a few before; each fourth copies from one. */
function stagesLike(stages: number, lines: number): string {
  const each = Math.floor(lines / stages);
  const text: string[] = ["ARG GO_VERSION=1.22", ""];
  for (let stage = 0; stage < stages; stage++) {
    const base = stage % 5 === 0 ? "golang:$" + "{GO_VERSION}-alpine" : `stage${stage - 1 - (stage % 3)}`;
    text.push(`FROM ${stage < 5 && stage % 5 ? "stage0" : base} AS stage${stage}`, "WORKDIR /src");
    if (stage >= 4 && stage % 4 === 0) text.push(`COPY --from=stage${stage - 4} /out /in${stage}`);
    const target = (stage + 1) * each;
    for (let step = 0; text.length < target; step++)
      text.push(
        `RUN --mount=type=cache,target=/root/.cache go build -o /out/${stage}-${step} ./cmd/tool${step}`,
      );
    text.push("");
  }
  return text.join("\n");
}
