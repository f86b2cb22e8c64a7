import { afterEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { createLink, getLimits, inWords, pushUpdate, RequestError } from "@/lib/share/client";
import { ask } from "@/lib/share/client/request";

afterEach(() => vi.unstubAllGlobals());

const answer = (status: number, body: string | Uint8Array) =>
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response(body as BodyInit, { status })),
  );
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: RequestError) => ({
      status: error.status,
      code: error.code,
      message: error.message,
      passing: error.passing,
    }),
  );

describe("refusals", () => {
  test.each([
    [
      "in the server's words",
      409,
      '{"error":{"code":"busy","message":"A build is running.","hint":"Stop it first."}}',
      { status: 409, code: "busy", message: "A build is running.", passing: false },
    ],
    [
      "without words",
      502,
      "<html>Bad gateway</html>",
      {
        status: 502,
        code: "http-502",
        message: "The server answered with status 502 and said nothing more.",
        passing: true,
      },
    ],
    [
      "an answer of another shape",
      200,
      '{"contextBytes":"many"}',
      {
        status: 200,
        code: "unexpected-answer",
        message: "The server's answer is not what this page expects.",
        passing: false,
      },
    ],
  ])("%s", async (_, status, body, expected) => {
    answer(status, body);
    expect(await failure(getLimits())).toEqual(expected);
  });

  test("no server at all", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("Failed to fetch");
    });
    expect(await failure(getLimits())).toMatchObject({ status: 0, code: "unreachable", passing: true });
  });

  test("an abort is no refusal", async () => {
    const gone = new AbortController();
    gone.abort();
    await expect(ask(z.unknown(), "http://127.0.0.1:1/", { signal: gone.signal })).rejects.toThrow(/abort/i);
  });
});

test("an update goes as bytes, with the state vector in the address, and the answer comes back as bytes", async () => {
  answer(200, Uint8Array.of(7, 8));
  const answered = await pushUpdate("a/b", Uint8Array.of(1), Uint8Array.of(255, 254));
  expect([...answered]).toEqual([7, 8]);
  const [path, init] = vi.mocked(fetch).mock.lastCall ?? [];
  expect(path).toBe(`/api/documents/a%2Fb/updates?sv=${encodeURIComponent("//4=")}`);
  expect(init).toMatchObject({ method: "POST", headers: { "content-type": "application/octet-stream" } });
});

test("a link is asked for with a body of JSON", async () => {
  answer(201, '{"token":"t","url":"/s/t","role":"view"}');
  expect(await createLink("d")).toEqual({ token: "t", url: "/s/t", role: "view" });
  expect(vi.mocked(fetch).mock.lastCall?.[1]).toMatchObject({ body: "{}", method: "POST" });
});

test("any error in words", () => {
  const refused = new RequestError({ status: 413, code: "long", message: "Too long.", hint: "Shorten it." });
  expect(inWords(refused)).toEqual({ message: "Too long.", hint: "Shorten it." });
  expect(inWords(new Error("Odd."))).toEqual({ message: "Odd." });
});
