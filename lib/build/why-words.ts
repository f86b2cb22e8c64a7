/** Reasons why a step ran, in a sentence that goes on after "RUN go build ran:". */
import { formatCount } from "./format";
import { shortReference } from "./names";
import type { ChangedFiles, Reason } from "./why";

/** `nameOf` says an instruction as its row does: "COPY . ." */
export function reasonInWords(
  reason: Reason,
  nameOf: (place: { stage: number; instruction: number }) => string,
): string {
  switch (reason.kind) {
    case "first":
      return "no earlier build had it";
    case "noCache":
      return "the build was asked not to use the cache";
    case "newInstruction":
      return "the instruction is new";
    case "changedInstruction":
      return `the instruction was changed, it was ${shorten(reason.was)}`;
    case "files":
      return reason.context === undefined
        ? filesInWords(reason.files)
        : `in the context ${reason.context}, ${filesInWords(reason.files)}`;
    case "variables":
      return reason.variables.map(({ name, was, is }) => variableInWords(name, was, is)).join(", ");
    case "base":
      return withoutDigest(reason.was) === withoutDigest(reason.is)
        ? `${withoutDigest(reason.is)} is another image now than it was`
        : `the base was ${reason.was} and is ${reason.is}`;
    case "platform":
      return `it is built for ${reason.is ?? "the host’s own platform"}, and was for ${reason.was ?? "the host’s own"}`;
    case "before":
      return `${shorten(nameOf(reason.place))} before it ran: ${reasonInWords(reason.reason, nameOf)}`;
    case "unfinished":
      return "the earlier build did not come that far";
    case "forgotten":
      return "nothing of it changed; the host had its result no more";
  }
}

const withoutDigest = (image: string) => shortReference(image.split("@", 1)[0]!);

function filesInWords({ changed, added, removed, total }: ChangedFiles): string {
  const parts = [
    ...changed.map((path) => `${path} changed`),
    ...added.map((path) => `${path} is new`),
    ...removed.map((path) => `${path} is gone`),
  ];
  const shown = parts.slice(0, 3);
  const more = total - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${formatCount(more, "more file")}` : shown.join(", ");
}

function variableInWords(name: string, was: string | null, is: string | null): string {
  if (is === null) return `${name} is no more set`;
  return was === null
    ? `${name} is set to ${shorten(is)}`
    : `${name} is ${shorten(is)}, and was ${shorten(was)}`;
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
