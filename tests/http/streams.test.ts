/** Answers that stream, where nobody reads them: who asked has left, or wanted the headers alone. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readConfig } from "@/lib/config";
import { eventStream } from "@/lib/http/event-stream";
import { lineStream } from "@/lib/http/line-stream";
import { route } from "@/lib/http/route";
import { provideServices, type Services } from "@/lib/http/services";

const PATH = "http://127.0.0.1:3000/api/builds/a/events";
const MOMENTS = ["before it is begun", "while it is begun", "once it is begun"] as const;

/** Asks for a stream, and leaves at that moment without having read any of it. */
async function leave(
  moment: (typeof MOMENTS)[number],
  answer: (request: Request, atBegin: () => void) => Response | Promise<Response>,
): Promise<void> {
  const leaving = new AbortController();
  const request = new Request(PATH, { signal: leaving.signal });
  if (moment === "before it is begun") leaving.abort();
  await answer(request, () => moment === "while it is begun" && leaving.abort());
  leaving.abort();
}

describe("who leaves", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each(MOMENTS)("%s leaves no run behind", async (moment) => {
    const told: string[] = [];
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    async function* run(signal: AbortSignal) {
      try {
        yield "started";
        if (!signal.aborted) throw new Error("It was not told that nobody reads.");
        told.push("stopped");
      } finally {
        end();
      }
    }
    await leave(moment, (request, atBegin) =>
      lineStream(async (signal) => {
        atBegin();
        return run(signal);
      }, request),
    );
    await ended;
    expect(told).toEqual(["stopped"]);
  });

  test.each(MOMENTS)("%s leaves no follower of a build behind, and no timer", async (moment) => {
    let heard = new AbortController().signal;
    await leave(moment, (request, atBegin) =>
      eventStream((signal) => {
        heard = signal;
        atBegin();
        return (async function* () {})();
      }, request),
    );
    expect([heard.aborted, vi.getTimerCount()]).toEqual([true, 0]);
  });
});

test("who asks for the headers alone is sent those, and nothing goes on behind them", async () => {
  provideServices({ config: readConfig({}, "/") } as Services);
  const canceled = vi.fn();
  const get = route(
    async () => new Response(new ReadableStream({ cancel: canceled }), { headers: { "x-of": "it" } }),
  );
  const { status, headers, body } = await get(new Request(PATH, { method: "HEAD" }), {
    params: Promise.resolve({}),
  });
  expect([status, headers.get("x-of"), body]).toEqual([200, "it", null]);
  expect(canceled).toHaveBeenCalledOnce();
});
