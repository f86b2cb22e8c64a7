/**
 * Follows a build's events to their end, through dropped connections and restarts of the server: every event once,
 * in order, none lost. Whatever was received decides where the next connection resumes, never what was expected.
 */
import { type BuildEvent, buildEventSchema } from "../../build/events";
import { createStreamReader } from "./event-stream";
import { parseJson, send, unreachable } from "./request";
import { RequestError } from "./request-error";

/** Events that come within this many milliseconds are handed over together: a fast log is one update, not a hundred. */
const GATHER_MS = 30;
/** The server says something every 15 s; three times that in silence means the connection is dead. */
const SILENCE_MS = 45_000;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;

export interface FollowProblem {
  error: RequestError;
  /** True where it goes on trying by itself; false where it has given up. */
  retrying: boolean;
}

/**
 * @param url of the event stream, without `after`
 * @param afterSeq the last event already known, 0 for none
 * @param onEvents gets at least one event, in order, without gaps
 * @param onEnd after the last event was handed over
 * @param onProblem each time the stream is interrupted or refused; the next onEvents or onEnd means it is over
 * @returns stops following; nothing is called afterwards
 */
export function followBuild(
  url: string,
  afterSeq: number,
  onEvents: (batch: BuildEvent[]) => void,
  onEnd: () => void,
  onProblem: (problem: FollowProblem) => void,
): () => void {
  const stopped = new AbortController();
  let seq = afterSeq;
  let failures = 0;
  let batch: BuildEvent[] = [];
  let gathering: ReturnType<typeof setTimeout> | undefined;

  function handOver() {
    clearTimeout(gathering);
    gathering = undefined;
    if (batch.length === 0 || stopped.signal.aborted) return;
    const whole = batch;
    batch = [];
    onEvents(whole);
  }

  /** False where it does not follow on what came before: the connection has lost something. */
  function take(event: BuildEvent): boolean {
    if (event.seq <= seq) return true;
    if (event.seq !== seq + 1) return false;
    seq = event.seq;
    failures = 0;
    batch.push(event);
    gathering ??= setTimeout(handOver, GATHER_MS);
    return true;
  }

  /** One connection; true once the stream has said that it is at its end. */
  async function connect(): Promise<boolean> {
    const connection = new AbortController();
    const signal = AbortSignal.any([stopped.signal, connection.signal]);
    let silence = setTimeout(() => connection.abort(), SILENCE_MS);
    try {
      const response = await send(withAfter(url, seq), { signal });
      if (!response.body) throw unreachable();
      const read = createStreamReader();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return false;
        clearTimeout(silence);
        silence = setTimeout(() => connection.abort(), SILENCE_MS);
        for (const message of read(value)) {
          if (message.event === "end") return true;
          const event = buildEventSchema.safeParse(parseJson(message.data));
          if (!event.success) throw strange(event.error);
          if (!take(event.data)) return false;
        }
      }
    } finally {
      clearTimeout(silence);
      connection.abort();
    }
  }

  async function run() {
    while (!stopped.signal.aborted) {
      let error = unreachable();
      try {
        if (await connect()) {
          handOver();
          if (!stopped.signal.aborted) onEnd();
          return;
        }
      } catch (reason) {
        if (reason instanceof RequestError) error = reason;
      }
      if (stopped.signal.aborted) return;
      handOver();
      onProblem({ error, retrying: error.passing });
      if (!error.passing) return;
      await pause(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures), stopped.signal);
      failures += 1;
    }
  }

  void run();
  return () => {
    stopped.abort();
    clearTimeout(gathering);
  };
}

function withAfter(url: string, seq: number): string {
  return `${url}${url.includes("?") ? "&" : "?"}after=${seq}`;
}

function strange(cause: unknown): RequestError {
  return new RequestError(
    {
      status: 200,
      code: "unexpected-event",
      message: "The server sent a build event that this page does not know.",
      hint: "The server was probably updated: reload the page.",
    },
    cause,
  );
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
