/** Values as JSON, one a line, as they come. */

/** `begin` may refuse, which is answered as any refusal is. The signal aborts when the browser leaves. */
export async function lineStream<T>(
  begin: (signal: AbortSignal) => Promise<AsyncGenerator<T>>,
  request: Request,
): Promise<Response> {
  const leaving = new AbortController();
  request.signal.addEventListener("abort", () => leaving.abort(), { once: true });
  const values = await begin(leaving.signal);
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
    async cancel() {
      leaving.abort();
      // Read to its end, so that what was begun is also cleared away.
      while (!(await values.next()).done);
    },
  });
  return new Response(stream, {
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
