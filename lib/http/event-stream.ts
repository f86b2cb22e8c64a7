/** Build events as server-sent events. */
import type { EventBatch } from "../build/server/builds";
import { Refusal } from "../share/refusal";
import { whenLeft } from "./leaving";

const KEEP_ALIVE_MS = 15_000;

/** The last event that the browser already has: Last-Event-ID when it comes back by itself, else ?after=. */
export function lastSeen(request: Request): number {
  const given = request.headers.get("last-event-id") || new URL(request.url).searchParams.get("after") || "0";
  const seq = Number(given);
  if (Number.isSafeInteger(seq) && seq >= 0) return seq;
  throw new Refusal("invalid", "bad-position", `“${given.slice(0, 40)}” is not the number of an event.`);
}

/**
 * Batches are asked for only as fast as the browser takes them. Ends with `event: end` once the build has finished;
 * a stream that ends without it was cut and is to be resumed.
 */
export function eventStream(
  follow: (signal: AbortSignal) => AsyncIterable<EventBatch>,
  request: Request,
): Response {
  const leaving = new AbortController();
  const batches = follow(leaving.signal)[Symbol.asyncIterator]();
  let keepAlive: ReturnType<typeof setInterval>;
  const leave = () => {
    clearInterval(keepAlive);
    leaving.abort();
  };
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode("retry: 1000\n\n"));
      keepAlive = setInterval(() => controller.enqueue(encoder.encode(": still here\n\n")), KEEP_ALIVE_MS);
    },
    async pull(controller) {
      try {
        const { done, value } = await batches.next();
        if (!done) return controller.enqueue(messagesOf(value));
        clearInterval(keepAlive);
        if (!leaving.signal.aborted) controller.enqueue(encoder.encode("event: end\ndata: {}\n\n"));
        controller.close();
      } catch (error) {
        clearInterval(keepAlive);
        controller.error(error);
      }
    },
    cancel: leave,
  });
  // Who leaves before anything is sent cancels nothing.
  whenLeft(request, leave);
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // No proxy is to keep it back or to pack it.
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

const encoder = new TextEncoder();
/** Everybody who watches a build live is sent the very same batches: each is put into bytes once. */
const encoded = new WeakMap<EventBatch, Uint8Array>();

function messagesOf(batch: EventBatch): Uint8Array {
  const known = encoded.get(batch);
  if (known) return known;
  let text = "";
  let seq = batch.firstSeq;
  for (const line of batch.lines) text += `id: ${seq++}\ndata: ${line}\n\n`;
  const bytes = encoder.encode(text);
  encoded.set(batch, bytes);
  return bytes;
}
