/** What it costs at a keystroke to find out what a build with options makes of the file (`resolveBuild`). */
import { type Dockerfile, parseDockerfile, reparse, resolveBuild } from "../lib/dockerfile";
import { median, spread, timed } from "./statistics";

const ROUNDS = 300;

const NO_OPTIONS = {};
const BUILD_ARGS = { buildArgs: new Map([["V", "1.23"]]) };

/** The second of each size has every FROM of an image resolved anew, as a build argument decides what it is. */
const FILES: { stages: number; lines: number; base: string; options: typeof NO_OPTIONS }[] = [
  { stages: 49, lines: 12, base: "golang:1.22", options: NO_OPTIONS },
  { stages: 49, lines: 12, base: "golang:$V", options: BUILD_ARGS },
  { stages: 500, lines: 10, base: "golang:1.22", options: NO_OPTIONS },
  { stages: 500, lines: 10, base: "golang:$V", options: BUILD_ARGS },
];

export function benchResolution(): void {
  console.log("what a build makes of the file, after a letter in the middle of it, in ms:");
  for (const { stages, lines, base, options } of FILES) {
    const times = type(parseDockerfile(dockerfile(stages, lines, base)), options);
    const what = `${stages} stages of ${lines} lines, on ${base}`;
    console.log(`  ${what.padEnd(48)} ${median(times).toFixed(2)} (${spread(times, 2)})`);
  }
}

function type(start: Dockerfile, options: typeof NO_OPTIONS): number[] {
  let tree = start;
  const at = tree.source.indexOf("make", tree.source.length >> 1);
  const times: number[] = [];
  for (let round = -100; round < ROUNDS; round++) {
    const there = round % 2 !== 0;
    tree = reparse(tree, [there ? { start: at, end: at + 1, text: "" } : { start: at, end: at, text: "x" }]);
    const time = timed(() => resolveBuild(tree, options));
    if (round >= 0) times.push(time);
  }
  return times;
}

/** Every fifth stage begins with an image, the others are built on the one before; each copies from one half as far. */
function dockerfile(stages: number, lines: number, base: string): string {
  const text = ["ARG V=1.22"];
  for (let stage = 0; stage < stages; stage++) {
    text.push(`FROM ${stage % 5 === 0 ? base : `stage${stage - 1}`} AS stage${stage}`);
    for (let step = 3; step < lines; step++)
      text.push(
        step % 3 === 0 ? `ENV A${step}=b` : `RUN --mount=type=cache,target=/c make ${step} # and more`,
      );
    text.push(`COPY --from=${stage === 0 ? "alpine" : `stage${stage >> 1}`} /a /b`, "COPY . .");
  }
  return `${text.join("\n")}\n`;
}
