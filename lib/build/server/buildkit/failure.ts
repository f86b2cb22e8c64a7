/** Why a build failed, for a person: what, where, what to do; the host's own words stay whole beneath. */
import type { Directive, Dockerfile, Instruction } from "../../../dockerfile";
import type { BuildError, Place } from "../../events";
import { type Attribution, placesByLine } from "./attribution";
import { hidePrivateNames } from "./dockerfile-copy";
import { hintFor, hintInOutput } from "./failure-hints";
import { ConnectionLostError, GrpcError } from "./grpc/status";
import { isCancellation, rangeOfLines, type StatusEvents } from "./status-events";

export interface FailureContext {
  tree: Dockerfile;
  attribution: Attribution;
  failures: StatusEvents["failures"];
  endings: StatusEvents["endings"];
  /** By vertex, in a build for several. */
  platforms: ReadonlyMap<string, readonly string[]>;
  /** What the host is called in a sentence. */
  host: string;
}

export function describeFailure(error: unknown, context: FailureContext): BuildError {
  const told = error instanceof ConnectionLostError ? toldBefore(context) : error;
  if (told === null) return describeLoss(error as ConnectionLostError, context.host);
  const detail = hidePrivateNames(told instanceof Error ? told.message : String(told));
  const details = told instanceof GrpcError ? told.details : [];

  const syntax = context.tree.directives.find(({ name }) => name === "syntax");
  if (syntax && asksForFrontend(detail, syntax.value)) return describeSyntaxImage(syntax, detail);

  if (CACHE_NOT_TAKEN.test(detail)) return describeCacheRefusal(detail);

  const vertex = details.find(({ type }) => type === "errdefs.Vertex")?.value;
  const digest = stringField(vertex, "digest") ?? failedVertex(detail, context);
  const vertexName = digest === undefined ? undefined : context.failures.get(digest)?.name;
  const lines = linesInDetails(details) ?? linesInText(detail) ?? linesOfParseError(detail, context.tree);
  const place = placeOf(digest, lines, vertexName, context);
  const instruction = place ? context.tree.stages[place.stage]?.instructions[place.instruction] : undefined;
  const exitCode = exitCodeIn(detail);
  const written = context.endings.get(digest ?? "")?.text() ?? "";
  const hint = hintInOutput(written) ?? hintFor(detail, exitCode, instruction);
  const where =
    lines ?? (instruction ? ([instruction.startLine, instruction.endLine] as [number, number]) : undefined);
  return {
    message: summarize(detail, instruction, exitCode, context.platforms.get(digest ?? "")),
    ...(hint ? { hint } : {}),
    detail,
    ...(where ? { lines: where } : {}),
    ...(place ? { place } : {}),
    ...(digest ? { vertex: digest } : {}),
    ...(exitCode === undefined ? {} : { exitCode }),
  };
}

/**
 * What was already known when the connection went away. A host sends the whole Dockerfile along with an error, and
 * beyond about 40 KB that is more than Node's HTTP/2 takes in a header: it ends the connection. The status stream,
 * or our own parser, has said what happened by then.
 */
function toldBefore({ failures, tree }: FailureContext): Error | null {
  for (const { error } of failures.values()) return new Error(error);
  return tree.error ? new Error(tree.error.message) : null;
}

/** The frontend image is asked for before anything else, and no line of the Dockerfile uses it as a base. */
function asksForFrontend(detail: string, image: string): boolean {
  return (
    detail.includes("frontend gateway.v0") ||
    (detail.includes(image.split(/[:@]/)[0]!) && /resolve|pull|load/.test(detail))
  );
}

function describeSyntaxImage({ value, line }: Directive, detail: string): BuildError {
  return {
    message: `The Docker host cannot load the Dockerfile frontend ${value}, which the “# syntax=” line asks for.`,
    hint: "Build with the engine’s own frontend instead (the option “Ignore the syntax line”), or remove the line.",
    detail,
    lines: [line, line],
  };
}

/** As BuildKit's cache/remotecache/export.go says it, whatever the registry answered. */
const CACHE_NOT_TAKEN = /error writing \w+ blob/;

function describeCacheRefusal(detail: string): BuildError {
  const reason = shorten(detail.replace(/^[\s\S]*?error writing \w+ blob:\s*/, ""), 300);
  return {
    message: `Every step was built, but the registry did not take the build cache: ${reason}`,
    hint: "Check the image’s name. Whoever runs this server logs in at the registry with docker login, and may lend that login to builds.",
    detail,
  };
}

function describeLoss(error: ConnectionLostError, host: string): BuildError {
  return {
    message: `The connection to the Docker host ${host} was lost while building.`,
    hint: "Check that the Docker Engine runs and can be reached, then build again. Finished steps are cached there.",
    detail: error.message,
  };
}

function summarize(
  detail: string,
  instruction: Instruction | undefined,
  exitCode: number | undefined,
  platforms: readonly string[] | undefined,
): string {
  const of = platforms ? ` (for ${platforms.join(" and ")})` : "";
  const step = instruction ? `${instruction.keyword} ${shorten(instruction.text)}`.trim() + of : null;
  if (exitCode !== undefined) return `${step ?? "A step"} failed with exit code ${exitCode}.`;
  const reason = lastReason(detail);
  return step ? `${step} failed: ${reason}` : `The build failed: ${reason}`;
}

/** BuildKit wraps an error from the outside in; the reason is what the wrappers were put around. */
function lastReason(detail: string): string {
  return shorten(detail.replace(WRAPPERS, ""), 300);
}

const WRAPPERS = new RegExp(
  `^(?:(?:${[
    "failed to solve(?: with frontend [\\w.]+)?",
    "failed to create LLB definition",
    "rpc error: code = \\w+ desc =",
    "dockerfile parse error (?:on )?line \\d+",
    "failed to (?:compute|load) cache key",
    "failed to calculate checksum of ref \\S+?",
    "\\S+: failed to resolve source metadata for \\S+?",
    "failed to resolve source metadata for \\S+?",
    'failed to do request: Head "[^"]*"',
  ].join("|")}):? +)+`,
);

function shorten(text: string, length = 80): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

/** Of the vertices that the host reported as failed, the one whose error this is. */
function failedVertex(detail: string, { failures }: FailureContext): string | undefined {
  let last: string | undefined;
  for (const [digest, { error }] of failures) {
    if (isCancellation(error)) continue;
    if (detail.includes(error) || error.includes(detail)) return digest;
    last = digest;
  }
  return last;
}

function placeOf(
  digest: string | undefined,
  lines: [number, number] | undefined,
  vertexName: string | undefined,
  { tree, attribution }: FailureContext,
): Place | undefined {
  const places = digest === undefined ? [] : (attribution.get(digest) ?? []);
  const byLine = lines ? placesByLine(tree)(lines[0]) : null;
  // A merged twin has several places; the lines say which of them this failure was met for.
  const agreed = places.find(
    (place) => place.stage === byLine?.stage && place.instruction === byLine.instruction,
  );
  return agreed ?? places[0] ?? byLine ?? placeOfImage(vertexName, tree);
}

/** An image that cannot be had fails in a vertex of its own, which not every host gives lines for. */
function placeOfImage(vertexName: string | undefined, { stages }: Dockerfile): Place | undefined {
  const image = vertexName?.match(/^\[internal\] load metadata for (\S+)/)?.[1];
  if (!image) return undefined;
  for (const { index, base, copies, mounts } of stages) {
    for (const { target, instruction } of [base, ...copies, ...mounts]) {
      if (target.kind !== "image" || !sameImage(target.ref, image)) continue;
      return { stage: index, instruction: instruction.indexInStage };
    }
  }
  return undefined;
}

function sameImage(written: string, full: string): boolean {
  const tagged = /[:@][^/]+$/.test(written) ? written : `${written}:latest`;
  return [tagged, `docker.io/${tagged}`, `docker.io/library/${tagged}`].includes(full);
}

function linesInDetails(details: GrpcError["details"]): [number, number] | undefined {
  for (const { type, value } of details) {
    if (!type.endsWith(".Source")) continue;
    const ranges = (value as { ranges?: { start?: { line: number }; end?: { line: number } }[] } | null)
      ?.ranges;
    const lines = ranges && rangeOfLines(ranges);
    if (lines) return lines;
  }
  return undefined;
}

function linesInText(detail: string): [number, number] | undefined {
  const line = detail.match(/(?:dockerfile )?parse error (?:on )?line (\d+)/i)?.[1];
  return line ? [Number(line), Number(line)] : undefined;
}

/** Hosts word a syntax error differently but mean the line that our parser, made after theirs, stops at. */
function linesOfParseError(detail: string, { error }: Dockerfile): [number, number] | undefined {
  if (!error?.lines || !/parse error|unknown instruction|syntax error/i.test(detail)) return undefined;
  return [Math.max(1, error.lines.start), Math.max(1, error.lines.end)];
}

function exitCodeIn(detail: string): number | undefined {
  const code = detail.match(
    /(?:executor failed running \[[\s\S]*|did not complete successfully): exit code: (\d+)/,
  )?.[1];
  return code === undefined ? undefined : Number(code);
}

function stringField(value: unknown, name: string): string | undefined {
  const field = (value as Record<string, unknown> | null | undefined)?.[name];
  return typeof field === "string" && field !== "" ? field : undefined;
}
