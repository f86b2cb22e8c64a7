import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BuildEvent } from "@/lib/build/events";
import { type FollowProblem, followBuild } from "@/lib/share/client";

/** What the server does with one connection after another; the last goes on. */
type Connection = (response: ServerResponse, after: number) => void;

let server: Server;
let connections: Connection[] = [];
let asked: number[] = [];
let url = "";

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const after = Number(new URL(request.url ?? "", "http://x").searchParams.get("after"));
    asked.push(after);
    const connection = connections[Math.min(asked.length, connections.length) - 1];
    connection?.(response, after);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const event = (seq: number): BuildEvent => ({
  seq,
  at: seq,
  type: "log",
  vertex: "v",
  stream: 1,
  text: `${seq}\n`,
});
const wire = (seq: number) => `id: ${seq}\ndata: ${JSON.stringify(event(seq))}\n\n`;
const begin = (response: ServerResponse) => response.writeHead(200, { "content-type": "text/event-stream" });
const END = "event: end\ndata: {}\n\n";

/** Sends these events, then breaks the connection in the middle of a message. */
const sendThenBreak =
  (...seqs: number[]): Connection =>
  (response) => {
    begin(response).write(`${seqs.map(wire).join("")}id: 99\ndata: {"se`);
    setTimeout(() => response.destroy(), 20);
  };
const sendRest =
  (last: number): Connection =>
  (response, after) => {
    const rest = Array.from({ length: last - after }, (_, i) => wire(after + i + 1));
    begin(response).end(rest.join("") + END);
  };
const refuse =
  (status: number, message: string): Connection =>
  (response) =>
    response.writeHead(status).end(JSON.stringify({ error: { code: "no", message } }));

function follow(afterSeq = 0) {
  const got: number[] = [];
  const batches: number[] = [];
  const problems: FollowProblem[] = [];
  return new Promise<{ got: number[]; batches: number[]; problems: FollowProblem[]; ended: boolean }>(
    (resolve) => {
      const finish = (ended: boolean) => resolve({ got, batches, problems, ended });
      followBuild(
        url,
        afterSeq,
        (batch) => {
          batches.push(batch.length);
          got.push(...batch.map(({ seq }) => seq));
        },
        () => finish(true),
        (problem) => {
          problems.push(problem);
          if (!problem.retrying) finish(false);
        },
      );
    },
  );
}

const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

describe("every event once and in order", () => {
  test.each<[string, Connection[], number[]]>([
    ["in one go", [sendRest(50)], [0]],
    ["after a broken connection", [sendThenBreak(1, 2, 3), sendRest(9)], [0, 3]],
    ["after many", [sendThenBreak(1), sendThenBreak(2), sendThenBreak(), sendRest(5)], [0, 1, 2, 2]],
    ["when the server repeats some", [sendThenBreak(1, 2), sendThenBreak(1, 2, 3), sendRest(6)], [0, 2, 3]],
    ["when the server skips some", [sendThenBreak(1, 2, 5, 6), sendRest(6)], [0, 2]],
    [
      "while the server starts again",
      [refuse(503, "Starting"), sendThenBreak(1), refuse(502, ""), sendRest(3)],
      [0, 0, 1, 1],
    ],
    [
      "when the stream stops without its end",
      [(response) => begin(response).end(wire(1)), sendRest(2)],
      [0, 1],
    ],
  ])(
    "%s",
    async (_, behaviour, resumedAt) => {
      connections = behaviour;
      const { got, ended } = await follow();
      expect(got).toEqual(upTo(got.length));
      expect(got.length).toBeGreaterThan(0);
      expect(ended).toBe(true);
      expect(asked).toEqual(resumedAt);
    },
    15_000,
  );

  test("from where the caller already is", async () => {
    connections = [sendRest(7)];
    expect((await follow(4)).got).toEqual([5, 6, 7]);
  });
});

test("what comes quickly is handed over together", async () => {
  connections = [sendRest(500)];
  const { got, batches } = await follow();
  expect(got).toHaveLength(500);
  expect(batches.length).toBeLessThan(50);
});

test("a refusal ends it, with the server's own words, after what had come", async () => {
  connections = [sendThenBreak(1, 2), refuse(404, "There is no such build.")];
  const { got, ended, problems } = await follow();
  expect(got).toEqual([1, 2]);
  expect(ended).toBe(false);
  expect(problems.at(-1)?.error.message).toBe("There is no such build.");
  expect(problems.map(({ retrying }) => retrying)).toEqual([true, false]);
});

test("once stopped, nothing is called any more and the server is let go", async () => {
  let calls = 0;
  const gone = new Promise<void>((resolve) => {
    connections = [
      (response) => {
        begin(response).write(wire(1));
        response.on("close", resolve);
      },
    ];
  });
  const stop = followBuild(
    url,
    0,
    () => {
      calls++;
      stop();
    },
    () => calls++,
    () => calls++,
  );
  await gone;
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(calls).toBe(1);
  expect(asked).toEqual([0]);
});
