import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { staticFiles } from "@/server/static-files";

const SCRIPT = "alert('stages');\n".repeat(100);
let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stagecraft-static-"));
  await mkdir(join(folder, "static/chunks"), { recursive: true });
  await writeFile(join(folder, "static/chunks/a-1.js"), SCRIPT);
  await writeFile(join(folder, "secret.js"), "no");
  const serve = staticFiles(join(folder, "static"));
  server = createServer((request, response) => {
    void serve(request, response).then((served) => served || response.writeHead(404).end("another's"));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
});

/** The path is sent as it is written. */
async function ask(path: string, headers: Record<string, string> = { "accept-encoding": "gzip, br" }) {
  const { request } = await import("node:http");
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status: number; type: string | undefined; text: string }>((done, fail) => {
    const asked = request({ port, path, headers }, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part);
      const bytes = Buffer.concat(parts);
      const text = response.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
      done({ status: response.statusCode!, type: response.headers["content-type"], text: `${text}` });
    });
    asked.on("error", fail).end();
  });
}

test("a script is served compressed, each time the same", async () => {
  const all = await Promise.all([1, 2, 3].map(() => ask("/_next/static/chunks/a-1.js?dpl=1")));
  for (const answer of all)
    expect(answer).toEqual({ status: 200, type: "application/javascript; charset=UTF-8", text: SCRIPT });
});

test.each([
  ["what nobody built", "/_next/static/chunks/b.js", {}],
  ["what lies beside it", "/_next/static/../secret.js", {}],
  ["the same, hidden", "/_next/static/%2e%2e/secret.js", {}],
  ["the same, with a backslash", "/_next/static/..%5csecret.js", {}],
  ["a page", "/d/1", {}],
  ["who takes no gzip", "/_next/static/chunks/a-1.js", { "accept-encoding": "br" }],
  ["who refuses it", "/_next/static/chunks/a-1.js", { "accept-encoding": "gzip;q=0, br" }],
  ["who wants a part", "/_next/static/chunks/a-1.js", { range: "bytes=0-1" }],
  ["who has it", "/_next/static/chunks/a-1.js", { "if-none-match": "x" }],
])("%s is another's to answer", async (_, path, headers) => {
  expect(await ask(path, { "accept-encoding": "gzip", ...headers })).toMatchObject({ status: 404 });
});
