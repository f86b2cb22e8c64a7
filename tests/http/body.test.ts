/** Bodies that are read into memory: each has a limit, and all that come at once have one together. */
import { expect, test } from "vitest";
import { readConfig } from "@/lib/config";
import { letGo, readBytes } from "@/lib/http/body";
import { route } from "@/lib/http/route";
import { provideServices, type Services } from "@/lib/http/services";
import { Refusal } from "@/lib/share/refusal";

/** A body that stays open after its first part. */
function opened(bytes: number): { request: Request; end(): void } {
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes));
      end = () => controller.close();
    },
  });
  // @ts-expect-error: Node needs it for a body that streams, and its types do not know it
  const request = new Request("http://here", { method: "POST", body, duplex: "half" });
  return { request, end: () => end() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("bodies that come at once have a limit together, and count until they are answered or refused", async () => {
  const room = { held: 0, most: 100 };
  const [first, second, third] = [opened(60), opened(60), opened(30)];
  const one = readBytes(first.request, 1_000, room);
  await turn();
  await expect(readBytes(second.request, 1_000, room)).rejects.toMatchObject({
    kind: "busy",
    code: "too-much-at-once",
  });
  const small = readBytes(third.request, 1_000, room);
  third.end();
  expect((await small).length).toBe(30);
  await expect(readBytes(opened(10).request, 5, room)).rejects.toMatchObject({ code: "body-too-large" });
  first.end();
  expect((await one).length).toBe(60);
  expect(room.held).toBe(90);
  for (const { request } of [first, third]) letGo(request);
  expect(room.held).toBe(0);
});

test.each([
  ["answered", async () => new Response("x")],
  [
    "refused",
    async () => {
      throw new Refusal("invalid", "x", "x");
    },
  ],
])("a route lets go of the body that it has %s", async (_how, answer) => {
  provideServices({ config: readConfig({}, "/") } as Services);
  const room = { held: 0, most: 100 };
  const { request, end } = opened(60);
  end();
  await route(async (call) => {
    await readBytes(call.request, 1_000, room);
    expect(room.held).toBe(60);
    return answer();
  })(request, { params: Promise.resolve({}) });
  expect(room.held).toBe(0);
});
