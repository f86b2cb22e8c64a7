import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { readConfig } from "@/lib/config";
import { BUILD_COOKIE, buildProof, PROXIED_HEADER } from "@/lib/http/build-right";
import { pass, refuseUpgrades } from "@/server/gate";

const KEY = "the-key-that-was-printed";
let server: Server;
afterEach(() => void server?.close());

interface Passed {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Headers as the pages see them; null where the request did not get so far. */
  seen: Record<string, unknown> | null;
}

async function ask(
  environment: Record<string, string>,
  path: string,
  headers: Record<string, string>,
  method = "GET",
): Promise<Passed> {
  const config = { ...readConfig(environment, "/nowhere"), buildKey: KEY };
  let seen: Passed["seen"] = null;
  server = createServer((incoming, outgoing) => {
    if (!pass(config, false, incoming, outgoing)) return;
    seen = incoming.headers;
    outgoing.end("a page");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const all = { connection: "close", ...headers };
    request({ port, host: "127.0.0.1", path, method, headers: all }, (response) => {
      response
        .resume()
        .on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, seen }));
    })
      .on("error", reject)
      .end();
  });
}

test.each([
  ["its own address", { HOST: "127.0.0.1" }, "127.0.0.1:3000", 200],
  ["a foreign name that points here", { HOST: "127.0.0.1" }, "evil.example", 421],
  [
    "the name of its proxy",
    { HOST: "127.0.0.1", STAGECRAFT_HOSTS: "a.example, Stagecraft.Example" },
    "stagecraft.example",
    200,
  ],
  ["any name, where it is open to all", { HOST: "0.0.0.0" }, "anything.example", 200],
])("asked for by %s, %o as %s: %i", async (_what, environment, host, status) => {
  const answer = await ask(environment, "/", { host });
  expect(answer.status).toBe(status);
  expect(answer.seen !== null).toBe(status === 200);
});

test.each([
  ["/", 200],
  ["/d/abc?x=1", 200],
  ["//", 400],
  ["///", 400],
  ["/\\", 400],
  ["//[", 400],
  ["http://[", 400],
  ["*", 400],
])("asked for %s: %i", async (path, status) => {
  const answer = await ask({}, path, { host: "localhost" });
  expect([answer.status, answer.seen !== null]).toEqual([status, status === 200]);
});

test.each(["TRACE", "PROPFIND"])("asked to %s", async (method) => {
  const answer = await ask({}, "/", { host: "localhost" }, method);
  expect([answer.status, answer.seen, answer.headers.allow]).toEqual([
    405,
    null,
    "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
  ]);
});

test("every answer forbids scripts but our own, frames, and foreign places", async () => {
  const { headers, seen } = await ask({}, "/", { host: "localhost" });
  const policy = String(headers["content-security-policy"]);
  expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}';/);
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
  expect(policy).toMatch(/worker-src 'self' blob:;.*frame-ancestors 'none'/);
  expect(seen?.["content-security-policy"]).toBe(policy);
  expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
  const again = await ask({}, "/", { host: "localhost" });
  expect(again.headers["content-security-policy"]).not.toBe(policy);
});

describe("the key in an address", () => {
  const elsewhere = { HOST: "0.0.0.0" };
  const host = { host: "build.example" };
  test("gives the right to build and leaves the address", async () => {
    const { status, headers, seen } = await ask(elsewhere, `/d/abc?x=1&key=${KEY}`, host);
    expect([status, headers.location, seen]).toEqual([303, "/d/abc?x=1", null]);
    expect(headers["set-cookie"]?.[0]).toMatch(new RegExp(`^${BUILD_COOKIE}=${buildProof(KEY)}; .*HttpOnly`));
    expect(JSON.stringify(headers)).not.toContain(KEY);
  });

  test.each([
    ["is refused when it is wrong", "/?key=guess", 403, undefined],
    ["leads to no other site", `//evil.example/?key=${KEY}`, 303, "/"],
    ["leads to no other site by backslash", `/\\evil.example/?key=${KEY}`, 303, "/"],
    ["means nothing below /api", "/api/limits?key=guess", 200, undefined],
  ])("%s", async (_what, path, status, location) => {
    const answer = await ask(elsewhere, path, host);
    expect([answer.status, answer.headers.location]).toEqual([status, location]);
    if (status !== 303) expect(answer.headers["set-cookie"]).toBeUndefined();
  });
});

test.each<[string, Record<string, string>, string | undefined]>([
  ["comes by itself", {}, undefined],
  ["is passed on by a proxy", { "x-forwarded-for": "10.0.0.9" }, "1"],
  ["is passed on by one that says so in the standard way", { forwarded: "for=10.0.0.9" }, "1"],
  ["is passed on by one that names only the visitor", { "x-real-ip": "10.0.0.9" }, "1"],
  ["is passed on by one that names only what was asked for", { "x-forwarded-host": "a.example" }, "1"],
  ["is passed on by one that names only itself", { via: "1.1 proxy" }, "1"],
  ["says itself that it is not", { [PROXIED_HEADER]: "" }, undefined],
])("a request that %s", async (_how, headers, mark) => {
  const { seen } = await ask({}, "/", { host: "localhost", ...headers });
  expect(seen?.[PROXIED_HEADER]).toBe(mark);
});

test("a request in the words of HTTP/1.0 was passed on: browsers have none, and proxies that say nothing else do", async () => {
  const marks: unknown[] = [];
  server = createServer((incoming, outgoing) => {
    if (pass(readConfig({}, "/nowhere"), false, incoming, outgoing)) outgoing.end();
    marks.push(incoming.headers[PROXIED_HEADER]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  for (const version of ["1.0", "1.1"]) {
    const socket = connect(port, "127.0.0.1");
    socket.end(`GET / HTTP/${version}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    await new Promise((resolve) => socket.resume().once("close", resolve));
  }
  expect(marks).toEqual(["1", undefined]);
});

test("who wants to speak another protocol is told that there is none, and let go", async () => {
  server = createServer();
  refuseUpgrades(server);
  // As Next does, who leaves the connection open.
  server.on("upgrade", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  let said = "";
  for await (const part of socket) said += part;
  expect(said).toMatch(/^HTTP\/1\.1 400 .*Connection: close/s);
});
