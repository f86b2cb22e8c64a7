import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type BuildEvent, buildEventSchema } from "@/lib/build/events";
import { eventStream } from "@/lib/http/event-stream";
import { buildDetailSchema } from "@/lib/share/answers";
import { buildSummarySchema } from "@/lib/share/document";
import { log } from "../build-server/fake-host";
import { newEd25519 } from "../build-server/ssh-agent/new-key";
import { openStand, type Stand } from "../build-server/stand";
import { Browser } from "./browser";

let stand: Stand;
let owner: Browser;
let other: Browser;
let documentId: string;

beforeEach(async () => {
  stand = await openStand();
  owner = new Browser(stand.services);
  other = new Browser(stand.services);
  documentId = (await owner.post("/api/documents", { text: "FROM a\nRUN b\n" })).body.id;
});
afterEach(() => stand.close());

const build = (body: object = {}) => owner.post(`/api/documents/${documentId}/builds`, body);

interface Message {
  id?: number;
  event?: string;
  data: unknown;
}

/** Messages of a stream, as the wire has them; comments and retry lines fall away. */
function parse(text: string): Message[] {
  const blocks = text.split("\n\n").filter((block) => block !== "" && !/^(:|retry:)/.test(block));
  return blocks.map((block) => {
    const field = (name: string) => block.match(new RegExp(`^${name}: ([^\\n]*)`, "m"))?.[1];
    const [id, event] = [field("id"), field("event")];
    return {
      ...(id && { id: Number(id) }),
      ...(event && { event }),
      data: JSON.parse(field("data") ?? "null"),
    };
  });
}

const events = (messages: Message[]): BuildEvent[] =>
  messages.filter((message) => !message.event).map((message) => buildEventSchema.parse(message.data));

describe("a build", () => {
  test("is begun, looked at, listed and stopped", async () => {
    const begun = await build({ options: { target: 0, buildArgs: { A: "1" } } });
    expect(begun.status).toBe(201);
    const summary = buildSummarySchema.parse(begun.body);
    expect(summary).toMatchObject({ documentId, status: "queued", options: { target: 0, everyStage: true } });
    const run = await stand.host.run(0);
    expect(run.request.options).toMatchObject({ target: 0, buildArgs: { A: "1" } });
    expect(buildDetailSchema.parse((await owner.get(`/api/builds/${summary.id}`)).body).text).toBe(
      "FROM a\nRUN b\n",
    );
    expect((await owner.post(`/api/builds/${summary.id}/cancel`)).status).toBe(202);
    const stream = await owner.get(`/api/builds/${summary.id}/events`);
    expect(parse(stream.body).at(-2)?.data).toMatchObject({ type: "finished", status: "canceled" });
    const [listed] = buildSummarySchema
      .array()
      .parse((await owner.get(`/api/documents/${documentId}/builds`)).body);
    expect(listed).toMatchObject({ id: summary.id, status: "canceled" });
    expect((await owner.get(`/api/documents/${documentId}`)).body.lastBuild).toEqual(listed);
  });

  test("is refused with the other's id while one runs, unless it is to replace it", async () => {
    const first = await build();
    expect(await build()).toMatchObject({
      status: 409,
      body: { error: { code: "already-building", build: first.body.id } },
    });
    expect((await build({ replace: true })).status).toBe(201);
    expect((await owner.get(`/api/builds/${first.body.id}`)).body.status).toBe("canceled");
  });

  test.each([
    [{ state: "none", reason: "No Docker host was found." }, "host-none"],
    [
      {
        state: "unreachable",
        id: "far",
        source: "file",
        since: 0,
        seen: false,
        name: "far",
        address: "tcp://far:2376",
        reason: "Nothing answers there.",
      },
      "host-unreachable",
    ],
  ] as const)("is refused where there is no host: %o", async (view, code) => {
    stand.host.view = view;
    const answer = await build();
    expect(answer).toMatchObject({
      status: 503,
      body: { error: { code, message: expect.stringContaining(view.reason) } },
    });
    if (view.state === "unreachable") expect(answer.body.error.message).toContain(view.address);
    expect(await stand.db.build.count()).toBe(0);
    expect((await owner.get("/api/host")).body).toEqual(view);
  });

  test("has ssh keys for as long as it runs, and a record of their ids", async () => {
    const { private: key } = newEd25519();
    const begun = await build({ sshKeys: { deploy: [{ key: Buffer.from(key).toString("base64") }] } });
    expect(begun.status).toBe(201);
    const { request } = await stand.host.run(0);
    expect(await request.ssh!.get("deploy")!.identities()).toHaveLength(1);
    const { options } = (await owner.get(`/api/builds/${begun.body.id}`)).body;
    expect(options.ssh).toEqual(["deploy"]);
  });

  test.each<[words: string, options: object, ids: string[]]>([
    ["is lent to none that does not ask", {}, []],
    ["is lent to one that asks", { sshAgent: true }, ["default"]],
  ])("the server’s ssh agent %s", async (_words, options, ids) => {
    await stand.close();
    stand = await openStand({ STAGECRAFT_BUILD_SSH_AGENT: "/run/no/agent" });
    owner = new Browser(stand.services);
    documentId = (await owner.post("/api/documents", { text: "FROM a\n" })).body.id;
    const begun = await build({ options });
    const { request } = await stand.host.run(0);
    expect([...(request.ssh?.keys() ?? [])]).toEqual(ids);
    expect(begun.body.options.sshAgent).toBe(ids.length > 0);
    expect((await owner.get("/api/limits")).body.sshAgent).toBe(true);
  });

  test("is not begun with an ssh agent where the server lends none", async () => {
    const refused = await build({ options: { sshAgent: true } });
    expect(refused).toMatchObject({ status: 409, body: { error: { code: "no-ssh-agent" } } });
    expect(await stand.db.build.count()).toBe(0);
  });

  test("is not begun with what is no ssh key", async () => {
    const refused = await build({ sshKeys: { deploy: [{ key: Buffer.from("no key").toString("base64") }] } });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "ssh-key-unreadable" } } });
    expect(await stand.db.build.count()).toBe(0);
  });

  test("is not there for others", async () => {
    const { id } = (await build()).body;
    for (const answer of [
      await other.get(`/api/builds/${id}`),
      await other.get(`/api/builds/${id}/events`),
      await other.post(`/api/builds/${id}/cancel`),
      await owner.get("/api/builds/unknown"),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { error: { code: "unknown-build" } } });
    }
    expect((await stand.host.run(0)).signal.aborted).toBe(false);
  });

  test("of a shared document can be followed by link, and by none of another document", async () => {
    const { id } = (await build()).body;
    (await stand.host.run(0)).finish("succeeded");
    const { token } = (await owner.post(`/api/documents/${documentId}/links`)).body;
    const stream = await other.get(`/api/shared/${token}/builds/${id}/events`);
    expect(events(parse(stream.body)).map((event) => event.type)).toEqual(["started", "finished"]);
    const elsewhere = (await owner.post("/api/documents", {})).body.id;
    const wrong = (await owner.post(`/api/documents/${elsewhere}/links`)).body.token;
    expect((await other.get(`/api/shared/${wrong}/builds/${id}/events`)).status).toBe(404);
  });

  test("ends with its document", async () => {
    await build();
    const run = await stand.host.run(0);
    expect((await owner.delete(`/api/documents/${documentId}`)).status).toBe(204);
    expect(run.signal.aborted).toBe(true);
    expect(await stand.db.buildChunk.count()).toBe(0);
  });
});

describe("the stream of events", () => {
  test("is numbered, ends by saying so, and is kept by nobody on the way", async () => {
    const { id } = (await build()).body;
    const run = await stand.host.run(0);
    run.emit(log("one\ntwo\n"));
    run.finish("succeeded");
    const { status, headers, body } = await owner.get(`/api/builds/${id}/events`);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(headers.get("cache-control")).toContain("no-transform");
    const messages = parse(body);
    expect(messages.map((message) => message.id ?? message.event)).toEqual([1, 2, 3, "end"]);
    expect(messages.slice(0, -1).every((message) => message.id === (message.data as BuildEvent).seq)).toBe(
      true,
    );
  });

  test.each<[string, string, Record<string, string>, number[]]>([
    ["the beginning", "", {}, [1, 2, 3, 4]],
    ["?after=", "?after=2", {}, [3, 4]],
    ["Last-Event-ID, which knows better than the address", "?after=1", { "last-event-id": "3" }, [4]],
    ["its end", "?after=4", {}, []],
    ["beyond its end", "?after=99", {}, []],
  ])("resumes from %s", async (_where, query, headers, expected) => {
    const { id } = (await build()).body;
    const run = await stand.host.run(0);
    run.emit(log("a", "v1"));
    run.emit(log("b", "v2"));
    run.finish("succeeded");
    const { body } = await owner.ask("GET", `/api/builds/${id}/events${query}`, null, headers);
    expect(parse(body).map((message) => message.id ?? message.event)).toEqual([...expected, "end"]);
  });

  test.each(["x", "-1", "1.5", "1e99"])("refuses to resume from %s", async (after) => {
    const { id } = (await build()).body;
    expect((await owner.get(`/api/builds/${id}/events?after=${after}`)).status).toBe(400);
  });

  test("does not end when a log or a Dockerfile looks like the end of a message", async () => {
    const { id } = (await build()).body;
    const run = await stand.host.run(0);
    const text = "x\n\nevent: end\ndata: {}\n\n\r\r id: 7\u2028</script>\u0000";
    run.emit(log(text));
    run.finish("succeeded");
    const messages = parse((await owner.get(`/api/builds/${id}/events`)).body);
    expect(messages.map((message) => message.id ?? message.event)).toEqual([1, 2, 3, "end"]);
    expect(messages[1]?.data).toMatchObject({ text });
  });
});

describe("over a real connection", () => {
  let server: Server;
  let address: string;

  beforeEach(async () => {
    server = createServer(async (incoming, outgoing) => {
      const leaving = new AbortController();
      outgoing.on("close", () => leaving.abort());
      const url = new URL(incoming.url ?? "/", "http://here");
      const after = Number(url.searchParams.get("after") ?? 0);
      const request = new Request(url, { signal: leaving.signal });
      const response = eventStream(
        (signal) => stand.builds.follow(url.pathname.slice(1), after, signal),
        request,
      );
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
        if (!outgoing.write(part))
          await new Promise((resolve) => outgoing.once("drain", resolve).once("close", resolve));
        if (outgoing.destroyed) return;
      }
      outgoing.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => void server.closeAllConnections());

  test("cut again and again in the midst of messages, every line comes once and in order", async () => {
    const { id } = (await build()).body;
    const run = await stand.host.run(0);
    const lines = 3_000;
    const writing = (async () => {
      for (let i = 0; i < lines; i++) {
        run.emit(log(`line ${i}\n`, `sha256:${i % 3}`));
        if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      }
      run.finish("succeeded");
    })();
    let seen: BuildEvent[] = [];
    let ended = false;
    let connections = 0;
    while (!ended) {
      connections += 1;
      const cut = new AbortController();
      let text = "";
      const allowed = 500 + connections * 700;
      const response = await fetch(`${address}/${id}?after=${seen.at(-1)?.seq ?? 0}`, { signal: cut.signal });
      try {
        for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
          text += new TextDecoder().decode(part);
          if (text.length > allowed) {
            text = text.slice(0, allowed);
            cut.abort();
          }
        }
      } catch (error) {
        if (!cut.signal.aborted) throw error;
      }
      // What came after the last empty line is half a message, which a browser throws away.
      const messages = parse(text.slice(0, text.lastIndexOf("\n\n") + 2));
      seen = [...seen, ...events(messages)];
      ended = messages.some((message) => message.event === "end");
    }
    await writing;
    expect(connections).toBeGreaterThan(5);
    expect(seen.map((event) => event.seq)).toEqual(seen.map((_, i) => i + 1));
    const texts = seen.map((event) => (event.type === "log" ? event.text : "")).join("");
    expect(texts).toBe(Array.from({ length: lines }, (_, i) => `line ${i}\n`).join(""));
  }, 30_000);

  test("the first event arrives at once, before the build goes on", async () => {
    const { id } = (await build()).body;
    await stand.host.run(0);
    const response = await fetch(`${address}/${id}`);
    const reader = response.body?.getReader();
    let text = "";
    while (!text.includes("started")) text += new TextDecoder().decode((await reader?.read())?.value);
    expect(events(parse(text)).map((event) => event.type)).toEqual(["started"]);
    await reader?.cancel();
  });
});
