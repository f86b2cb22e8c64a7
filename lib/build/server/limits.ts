/** What one build may take of its host's time and of the server's disk. */
import type { BuildEventBody } from "../events";
import { formatBytes, formatCount } from "../format";

export interface BuildLimits {
  /** Minutes that it may run on its host; waiting in line does not count. */
  minutes: number;
  /** Bytes of output, as UTF-8, that its record keeps. */
  logBytes: number;
}

type Emit = (body: BuildEventBody) => void;

/** What a build over its time ends with. */
export function tookTooLong(minutes: number): Extract<BuildEventBody, { type: "finished" }> {
  return {
    type: "finished",
    status: "failed",
    error: {
      message: `The build was stopped after ${formatCount(minutes, "minute")}: no build may run longer here.`,
      hint: "See in the timeline what took so long. Whoever runs the server can allow more: STAGECRAFT_BUILD_MINUTES.",
    },
  };
}

/**
 * Hands on everything, of the output only the first `bytes`. Where that is cut, a warning says so, once, and the
 * build goes on: what it makes is worth more than what it says.
 */
export function withLogLimit(emit: Emit, bytes: number): Emit {
  let left = bytes;
  return (body) => {
    if (body.type !== "log") return emit(body);
    if (left < 0) return;
    const length = Buffer.byteLength(body.text);
    left -= length;
    if (left >= 0) return emit(body);
    const text = firstBytes(body.text, length + left);
    if (text !== "") emit({ ...body, text });
    emit({
      type: "warning",
      vertex: body.vertex,
      message: `This build has said more than is kept of one, ${formatBytes(bytes)}: from here on its output is lost.`,
      detail:
        "The build itself goes on. Let the step say less, or ask whoever runs the server to raise STAGECRAFT_LOG_LIMIT.",
    });
  };
}

/** As many whole characters as fit. */
function firstBytes(text: string, bytes: number): string {
  const cut = Buffer.from(text).subarray(0, bytes);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(cut, { stream: true });
}
