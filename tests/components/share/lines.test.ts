import { describe, expect, it } from "vitest";
import { lines } from "@/lib/share/client/lines";

/** A body that comes in these pieces and then, where there is one, fails. */
function body(pieces: string[], failure?: Error): Response {
  const bytes = pieces.map((piece) => new TextEncoder().encode(piece));
  return new Response(
    new ReadableStream({
      pull(controller) {
        const next = bytes.shift();
        if (next) controller.enqueue(next);
        else if (failure) controller.error(failure);
        else controller.close();
      },
    }),
  );
}

async function read(response: Response): Promise<{ got: string[]; error?: unknown }> {
  const got: string[] = [];
  try {
    for await (const line of lines(response)) got.push(line);
    return { got };
  } catch (error) {
    return { got, error };
  }
}

describe("lines of a body", () => {
  it.each([
    ["whole ones", ["a\nb\n"], ["a", "b", ""]],
    ["in pieces", ["a", "b\nc", "d"], ["ab", "cd"]],
    ["none", [], [""]],
  ])("%s", async (_, pieces, wanted) => expect(await read(body(pieces))).toEqual({ got: wanted }));

  it.each([
    [
      "a cut is said in words",
      new TypeError("network error"),
      { name: "RequestError", code: "cut", status: 0 },
    ],
    ["an abort stays one", new DOMException("stopped", "AbortError"), { name: "AbortError" }],
  ])("%s, after what came", async (_, failure, wanted) => {
    const { got, error } = await read(body(["a\nb"], failure));
    expect(got).toEqual(["a"]);
    expect(error).toMatchObject(wanted);
  });
});
