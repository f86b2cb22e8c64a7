/** Values as JSON, one a line, as they come. */
import { whenLeft } from "./leaving";

/** `begin` may refuse, which is answered as any refusal is. The signal aborts when the browser leaves. */
export async function lineStream<T>(
  begin: (signal: AbortSignal) => Promise<AsyncGenerator<T>>,
  request: Request,
): Promise<Response> {
  const leaving = new AbortController();
  whenLeft(request, () => leaving.abort());
  const values = await begin(leaving.signal);
  // Read to its end, so that what was begun is also cleared away.
  const clear = async () => {
    leaving.abort();
    while (!(await values.next()).done);
  };
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await values.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
      } catch (error) {
        controller.error(error);
      }
    },
    cancel: clear,
  });
  // Who leaves before anything is sent cancels nothing.
  whenLeft(request, () => void clear().catch(() => {}));
  return new Response(stream, {
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
