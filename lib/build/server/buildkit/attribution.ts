/**
 * Which vertex belongs to which instruction, before anything runs. BuildKit names a vertex by the sha256 of its
 * marshaled operation and says in the definition's source map which lines it came from; all lines, where two
 * instructions are the same operation and will run once.
 */
import { createHash } from "node:crypto";
import { fromBinary } from "@bufbuild/protobuf";
import type { Dockerfile, Stage } from "../../../dockerfile";
import type { Place } from "../../events";
import { type Definition, OpSchema } from "./generated/llb_pb";

/** Places by vertex digest; internal vertices, such as reading the context, have none. */
export type Attribution = Map<string, Place[]>;

interface Operation {
  digest: string;
  kind: OperationKind | null;
  inputs: string[];
  /** Fetched from an address by an ADD, for which the source map has no line. */
  fetched: boolean;
}

type OperationKind = "exec" | "source" | "file";

/** The index of a stage and what it was solved to; for several platforms there is one of each. */
export type SolvedDefinition = readonly [stage: number, Definition];

export function attribute(definitions: readonly SolvedDefinition[], tree: Dockerfile): Attribution {
  const attribution: Attribution = new Map();
  const placeAt = placesByLine(tree);
  const chains: [Stage, Operation[]][] = [];
  const all: Operation[] = [];
  const fetched = new Set<string>();
  for (const [index, definition] of definitions) {
    const operations = definition.def.map(readOperation);
    const result = takeResult(operations);
    for (const operation of operations) {
      const { digest } = operation;
      all.push(operation);
      if (operation.fetched) fetched.add(digest);
      if (!attribution.has(digest)) attribution.set(digest, []);
      for (const line of linesOf(definition, digest)) addPlace(attribution, digest, placeAt(line));
    }
    const stage = tree.stages[index];
    if (stage && result) chains.push([stage, chainTo(result, operations)]);
  }
  for (const operation of all) {
    for (const input of operation.inputs) {
      if (!fetched.has(input)) continue;
      for (const place of attribution.get(operation.digest) ?? []) addPlace(attribution, input, place);
    }
  }
  for (const [stage, chain] of chains) completeFromChain(attribution, stage, chain);
  for (const places of attribution.values()) places.sort(byPlace);
  return attribution;
}

/** Digests of the vertices of a definition. */
export function digestsOf(definition: Definition): string[] {
  return definition.def.map((bytes) => readOperation(bytes).digest);
}

const KIND_BY_FIELD: Readonly<Record<number, OperationKind>> = { 2: "exec", 3: "source", 4: "file" };

function readOperation(bytes: Uint8Array): Operation {
  const operation = fromBinary(OpSchema, bytes);
  const unknown = operation.$unknown ?? [];
  const kinds = unknown.map(({ no }) => KIND_BY_FIELD[no]);
  const source = unknown.find(({ no }) => KIND_BY_FIELD[no] === "source")?.data ?? [];
  return {
    digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`,
    kind: kinds.find((kind) => kind !== undefined) ?? null,
    inputs: operation.inputs.map(({ digest }) => digest),
    // Its identifier comes first (solver/pb/ops.proto, SourceOp).
    fetched: /^[^ -~]*(?:.[^ -~]*)?(?:https?|git):\/\//.test(
      Buffer.from(source).toString("latin1").slice(0, 20),
    ),
  };
}

/** The last operation of a definition only points at the result and is no vertex: it is taken off the list. */
function takeResult(operations: Operation[]): string | null {
  const last = operations[operations.length - 1];
  if (last?.kind !== null || last.inputs.length !== 1) return last?.digest ?? null;
  operations.pop();
  return last.inputs[0]!;
}

/** From the result down what each operation was put on top of. */
function chainTo(result: string, operations: readonly Operation[]): Operation[] {
  const byDigest = new Map(operations.map((operation) => [operation.digest, operation]));
  const chain: Operation[] = [];
  for (let next = byDigest.get(result); next; next = byDigest.get(next.inputs[0] ?? "")) chain.push(next);
  return chain;
}

const KIND_BY_KEYWORD: Readonly<Record<string, OperationKind>> = {
  FROM: "source",
  RUN: "exec",
  COPY: "file",
  ADD: "file",
  WORKDIR: "file",
};

/**
 * BuildKit before 0.9 keeps only one of the lines of a merged operation. The operations a stage's result is stacked
 * of are in the order of its instructions, so one that lacks its place is found between those that have it.
 */
function completeFromChain(attribution: Attribution, stage: Stage, chain: readonly Operation[]): void {
  const here = (digest: string, instruction: number) =>
    attribution
      .get(digest)
      ?.some((place) => place.stage === stage.index && place.instruction === instruction);
  const placed = new Set(
    [...attribution.values()].flat().map(({ stage, instruction }) => `${stage}.${instruction}`),
  );
  let at = 0;
  for (let index = stage.instructions.length - 1; index >= 0; index--) {
    const { keyword, indexInStage } = stage.instructions[index]!;
    if (placed.has(`${stage.index}.${indexInStage}`)) {
      const known = chain.findIndex(({ digest }, position) => position >= at && here(digest, indexInStage));
      if (known >= 0) at = known + 1;
      continue;
    }
    const operation = chain[at];
    if (!operation || operation.kind !== KIND_BY_KEYWORD[keyword]) continue;
    if (keyword === "FROM" && stage.base.target.kind !== "image") continue;
    addPlace(attribution, operation.digest, { stage: stage.index, instruction: indexInStage });
    at++;
  }
}

function addPlace(attribution: Attribution, digest: string, place: Place | null): void {
  const places = attribution.get(digest);
  if (place && places && !places.some((known) => byPlace(known, place) === 0)) places.push(place);
}

function* linesOf(definition: Definition, digest: string): Generator<number> {
  for (const location of definition.Source?.locations[digest]?.locations ?? []) {
    for (const { start } of location.ranges) if (start) yield start.line;
  }
}

export type PlaceAtLine = (line: number) => Place | null;

/** The instruction that a 1-based line belongs to, in constant time. */
export function placesByLine(tree: Dockerfile): PlaceAtLine {
  const places = new Map<number, Place>();
  for (const stage of tree.stages) {
    for (const instruction of stage.instructions) {
      const place = { stage: stage.index, instruction: instruction.indexInStage };
      for (let line = instruction.startLine; line <= instruction.endLine; line++) places.set(line, place);
    }
  }
  return (line) => places.get(line) ?? null;
}

const byPlace = (left: Place, right: Place) =>
  left.stage - right.stage || left.instruction - right.instruction;
