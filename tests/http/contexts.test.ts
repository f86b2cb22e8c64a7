import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { contextViewSchema } from "@/lib/share/answers";
import { contextSummarySchema } from "@/lib/share/document";
import { openStand, type Stand } from "../build-server/stand";
import { EXECUTABLE, FILE, makeZip } from "../build-server/zip";
import { Browser } from "./browser";

const LIMIT = 1_000_000;
const HELLO = makeZip([
  { name: "main.go", content: "package main\n", mode: FILE },
  { name: "bin/run", content: "#!/bin/sh\n", mode: EXECUTABLE },
]);

let stand: Stand;
let owner: Browser;
let id: string;

beforeEach(async () => {
  stand = await openStand({ STAGECRAFT_CONTEXT_LIMIT: String(LIMIT) });
  owner = new Browser(stand.services);
  id = await newDocument();
});
afterEach(() => stand.close());

async function newDocument(): Promise<string> {
  return (await owner.post("/api/documents", { text: "FROM a\n" })).body.id;
}

const put = (zip: Uint8Array, document = id) =>
  owner.putZip(`/api/documents/${document}/context?name=hello.zip`, zip);
const kept = () => readdirSync(join(stand.folder, "contexts"));
const received = () => readdirSync(join(stand.folder, "incoming"));

describe("a build context", () => {
  test("is taken, listed, and handed to the build", async () => {
    const answer = await put(HELLO);
    expect(answer.status).toBe(200);
    const summary = contextSummarySchema.parse(answer.body);
    expect(summary).toMatchObject({ name: "hello.zip", files: 2, bytes: 23 });
    const view = contextViewSchema.parse((await owner.get(`/api/documents/${id}/context`)).body);
    expect(view).toEqual({
      ...summary,
      entries: [
        { path: "bin", kind: "folder", bytes: 0 },
        { path: "bin/run", kind: "file", bytes: 10 },
        { path: "main.go", kind: "file", bytes: 13 },
      ],
      ignore: null,
    });
    expect((await owner.get(`/api/documents/${id}`)).body.context).toEqual(summary);
    await owner.post(`/api/documents/${id}/builds`);
    const root = (await stand.host.run(0)).request.context?.root ?? "";
    expect(statSync(join(root, "bin/run")).mode & 0o111).toBe(0o111);
  });

  test("that two documents share is kept once, until neither has it", async () => {
    const second = await newDocument();
    const [one, two] = [await put(HELLO), await put(HELLO, second)];
    expect(one.body.id).toBe(two.body.id);
    expect(kept()).toEqual([one.body.id]);
    expect((await owner.delete(`/api/documents/${id}/context`)).status).toBe(204);
    expect(kept()).toEqual([one.body.id]);
    await owner.delete(`/api/documents/${second}`);
    expect(kept()).toEqual([]);
  });

  test("has another name when a mode, a path or a byte differs", async () => {
    const ids = new Set<string>();
    for (const entry of [
      { name: "a", content: "x", mode: FILE },
      { name: "a", content: "x", mode: EXECUTABLE },
      { name: "a", content: "y", mode: FILE },
      { name: "b", content: "x", mode: FILE },
      { name: "d/a", content: "x", mode: FILE },
    ]) {
      ids.add((await put(makeZip([entry]))).body.id);
    }
    expect(ids.size).toBe(5);
  });

  test("stays on disk while a build needs it, and goes afterwards", async () => {
    await put(HELLO);
    const build = (await owner.post(`/api/documents/${id}/builds`)).body;
    const run = await stand.host.run(0);
    await owner.delete(`/api/documents/${id}/context`);
    expect(existsSync(run.request.context?.root ?? "")).toBe(true);
    run.finish("succeeded");
    await owner.get(`/api/builds/${build.id}/events`);
    await expect.poll(kept).toEqual([]);
  });

  test("can be a template's own files, in the place of what was attached", async () => {
    await put(HELLO);
    const { status, body } = await owner.post(`/api/documents/${id}/context`, { template: "go" });
    expect(status).toBe(200);
    expect(contextSummarySchema.parse(body)).toMatchObject({ name: "Go", files: 4 });
    const view = contextViewSchema.parse((await owner.get(`/api/documents/${id}/context`)).body);
    expect(view.entries.map(({ path }) => path)).toEqual([
      ".dockerignore",
      "go.mod",
      "main.go",
      "main_test.go",
    ]);
    expect(kept()).toEqual([body.id]);
  });

  test.each([
    ["an unknown template", { template: "../.." }, 404],
    ["no template", {}, 400],
  ])("of %s leaves what there is", async (_, body, status) => {
    const before = (await put(HELLO)).body;
    expect((await owner.post(`/api/documents/${id}/context`, body)).status).toBe(status);
    expect((await owner.get(`/api/documents/${id}/context`)).body).toMatchObject({ id: before.id });
  });

  test("of a document without one is a 404", async () => {
    expect(await owner.get(`/api/documents/${id}/context`)).toMatchObject({
      status: 404,
      body: { error: { code: "no-context" } },
    });
  });

  test("lists all its files", async () => {
    await put(makeZip(Array.from({ length: 1_200 }, (_, i) => ({ name: `f${i}`, content: "x" }))));
    const { body } = await owner.get(`/api/documents/${id}/context`);
    expect([body.files, body.entries.length]).toEqual([1_200, 1_200]);
  });

  test.each([
    ["none", [], null],
    [".dockerignore", [".dockerignore"], "of .dockerignore"],
    [
      "Dockerfile.dockerignore before it",
      [".dockerignore", "Dockerfile.dockerignore"],
      "of Dockerfile.dockerignore",
    ],
  ])("tells the ignore file that counts: %s", async (_what, names, ignore) => {
    await put(
      makeZip([{ name: "a", content: "x" }, ...names.map((name) => ({ name, content: `of ${name}` }))]),
    );
    expect((await owner.get(`/api/documents/${id}/context`)).body.ignore).toEqual(ignore);
  });
});

describe("what is refused leaves the context before it, and nothing behind", () => {
  test.each<[string, number, string, Uint8Array]>([
    ["no zip", 422, "bad-archive", Buffer.from("hello")],
    ["a path that climbs out", 422, "unsafe-archive", makeZip([{ name: "ok" }, { name: "../evil" }])],
    [
      "more than the limit unpacked",
      413,
      "context-too-large",
      makeZip([{ name: "a", content: Buffer.alloc(LIMIT + 1) }]),
    ],
    ["more than the limit packed", 413, "context-too-large", Buffer.alloc(LIMIT * 2 + 17 * 1024 * 1024)],
  ])("%s: %i", async (_what, status, code, zip) => {
    await put(HELLO);
    const before = (await owner.get(`/api/documents/${id}/context`)).body;
    expect(await put(zip)).toMatchObject({
      status,
      body: { error: { code, message: expect.any(String), hint: expect.any(String) } },
    });
    expect((await owner.get(`/api/documents/${id}/context`)).body).toEqual(before);
    expect(kept()).toEqual([before.id]);
    expect(received()).toEqual([]);
  });

  test("names the entry it refuses", async () => {
    const { body } = await put(makeZip([{ name: "a/../../b" }]));
    expect(body.error).toMatchObject({ entry: "a/../../b", message: expect.stringContaining('"a/../../b"') });
  });

  test("a body of another kind: 415", async () => {
    const answer = await owner.ask("PUT", `/api/documents/${id}/context`, "x", {
      "content-type": "text/plain",
    });
    expect(answer.status).toBe(415);
  });

  test("an upload without end is cut off when it passes the limit", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1 << 20;
        controller.enqueue(new Uint8Array(1 << 20));
      },
    });
    const type = { "content-type": "application/zip" };
    const answer = await owner.ask("PUT", `/api/documents/${id}/context`, endless, type);
    expect(answer.status).toBe(413);
    expect(sent).toBeLessThan(40 << 20);
    expect(received()).toEqual([]);
  });

  test("an upload that breaks off", async () => {
    await put(HELLO);
    const leaving = new AbortController();
    const broken = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(10));
        leaving.abort();
      },
    });
    const type = { "content-type": "application/zip" };
    const response = await owner
      .send("PUT", `/api/documents/${id}/context`, broken, type, leaving.signal)
      .catch(() => null);
    expect(response?.ok ?? false).toBe(false);
    expect(received()).toEqual([]);
    expect((await owner.get(`/api/documents/${id}`)).body.context.name).toBe("hello.zip");
  });
});

test("what a stopped server left half received or unreferenced is gone at the next start", async () => {
  const { mkdirSync, writeFileSync } = await import("node:fs");
  for (const folder of ["incoming/half/files", "contexts/forgotten"]) {
    mkdirSync(join(stand.folder, folder), { recursive: true });
    writeFileSync(join(stand.folder, folder, "f"), "x");
  }
  await put(HELLO);
  const { folder } = stand;
  await stand.abandon();
  stand = await openStand({}, folder);
  expect(kept()).toHaveLength(1);
  expect(received()).toEqual([]);
});
