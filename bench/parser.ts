/** The language core: throughput against dockerfile-ast in the same run, what an edit costs, how it grows. */
import { DockerfileParser } from "dockerfile-ast";
import { parseDockerfile } from "../lib/dockerfile";
import { type Corpus, readCorpus } from "./corpus";
import { benchEdits } from "./edits";
import { benchGrowth } from "./growth";
import { benchResolution } from "./resolution";
import { median, spread, timed } from "./statistics";
import { benchStore } from "./store";

const ROUNDS = 5;

export function benchParser(corpus: string | undefined): void {
  throughput(readCorpus(corpus));
  benchEdits();
  benchResolution();
  benchStore();
  benchGrowth();
}

function throughput({ name, texts, bytes }: Corpus): void {
  const repeat = Math.max(1, Math.ceil(1_000_000 / bytes));
  const own: number[] = [];
  const other: number[] = [];
  // By turns, so that a machine that gets busy slows down both.
  for (let round = -2; round < ROUNDS; round++) {
    const ours = timed(() => times(repeat, () => count(texts, readOwn)));
    const theirs = timed(() => times(repeat, () => count(texts, readOther)));
    if (round < 0) continue; // not yet compiled
    own.push((bytes * repeat) / 1000 / ours);
    other.push((bytes * repeat) / 1000 / theirs);
  }
  const ratios = own.map((rate, round) => rate / (other[round] as number));
  console.log(`parse and resolve, ${texts.length} files, ${(bytes / 1000).toFixed(0)} kB (${name}):`);
  console.log(`  ours           ${median(own).toFixed(1)} MB/s (${spread(own, 1)})`);
  console.log(`  dockerfile-ast ${median(other).toFixed(1)} MB/s (${spread(other, 1)})`);
  console.log(`  ratio          ${median(ratios).toFixed(2)} (${spread(ratios, 2)})`);
}

/** The tree with stages, what they need of each other, flags and arguments; these last are worked out when asked for, too. */
function readOwn(text: string): number {
  const tree = parseDockerfile(text);
  let found = tree.edges.length;
  for (const { args, flags } of tree.instructions) found += args.length + flags.length;
  return tree.stages.length + found;
}

/** Its tree with stages, flags and arguments, which it works out when asked for. */
function readOther(text: string): number {
  const tree = DockerfileParser.parse(text);
  for (const instruction of tree.getInstructions()) {
    instruction.getArguments();
    if ("getFlags" in instruction) (instruction.getFlags as () => unknown)();
  }
  return tree.getFROMs().length;
}

function count(texts: readonly string[], read: (text: string) => number): number {
  return texts.reduce((stages, text) => stages + read(text), 0);
}

function times(repeat: number, work: () => number): void {
  let found = 0;
  for (let round = 0; round < repeat; round++) found += work();
  if (found === 0) throw new Error("No stage was found: the figures would mean nothing.");
}
