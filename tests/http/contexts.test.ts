import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { contextViewSchema } from "@/lib/share/answers";
import { contextSummarySchema } from "@/lib/share/document";
import { openStand, type Stand } from "../build-server/stand";
import { EXECUTABLE, FILE, makeZip } from "../build-server/zip";
import { Browser } from "./browser";
import {
  HELLO,
  HELLO_KEPT,
  hashOf,
  keptIn,
  LIMIT,
  newDocument,
  openDocument,
  putHello,
} from "./context-document";

let stand: Stand;
let owner: Browser;
let id: string;

beforeEach(async () => {
  ({ stand, owner, id } = await openDocument());
});
afterEach(() => stand.close());

const put = (zip: Uint8Array, document = id) => putHello(owner, document, zip);
const kept = () => keptIn(stand);
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
    const run = (await stand.host.run(0)).request.context?.get("bin/run");
    expect(run?.mode).toBe(0o755);
    expect(readFileSync(run!.content!, "utf8")).toBe("#!/bin/sh\n");
  });

  test("that two documents share is kept once, until neither has it", async () => {
    const second = await newDocument(owner);
    const [one, two] = [await put(HELLO), await put(HELLO, second)];
    expect(one.body.id).toBe(two.body.id);
    expect(kept()).toEqual(HELLO_KEPT);
    expect((await owner.delete(`/api/documents/${id}/context`)).status).toBe(204);
    expect(kept()).toEqual(HELLO_KEPT);
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
    expect(kept()).toEqual(HELLO_KEPT);
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
    await owner.post(`/api/documents/${id}/builds`);
    const run = await stand.host.run(0);
    expect(existsSync(run.request.context!.get("main.go")!.content!)).toBe(true);
    run.finish("succeeded");
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

describe("its ignore file is written", () => {
  const write = (of: string, text: string) =>
    owner.ask("PUT", `/api/documents/${id}/context/ignore-file`, JSON.stringify({ of, text }), {
      "content-type": "application/json",
    });
  const zipOf = (...names: string[]) =>
    makeZip(names.map((name) => ({ name, content: `of ${name}`, mode: FILE })));

  test.each([
    ["where there is none", ["a"], [".dockerignore", "a"]],
    ["in place of the one before", [".dockerignore", "a"], [".dockerignore", "a"]],
    [
      "the one that counts",
      [".dockerignore", "Dockerfile.dockerignore", "a"],
      [".dockerignore", "Dockerfile.dockerignore", "a"],
    ],
  ])("%s, and the rest stays as it is", async (_what, before, after) => {
    const { id: of } = (await put(zipOf(...before))).body;
    const summary = contextSummarySchema.parse((await write(of, "*.md\n")).body);
    expect(summary).toMatchObject({ name: "hello.zip", files: after.length });
    const view = contextViewSchema.parse((await owner.get(`/api/documents/${id}/context`)).body);
    expect(view).toMatchObject({ id: summary.id, ignore: "*.md\n" });
    expect(view.entries.map(({ path }) => path)).toEqual(after);
    expect(kept()).not.toContain(
      hashOf(`of ${before.find((name) => name.startsWith("Docker")) ?? ".dockerignore"}`),
    );
    expect(kept()).toContain(hashOf("of a"));
    expect(received()).toEqual([]);
  });

  test("is handed to the next build", async () => {
    const { id: of } = (await put(HELLO)).body;
    await write(of, "bin\n");
    await owner.post(`/api/documents/${id}/builds`);
    const file = (await stand.host.run(0)).request.context?.get(".dockerignore");
    expect(file?.mode).toBe(0o644);
    expect(readFileSync(file!.content!, "utf8")).toBe("bin\n");
  });

  test.each<[string, number, string, () => Promise<string>, string]>([
    ["another context was attached since", 409, "other-context", async () => "0".repeat(64), "a\n"],
    [
      "it is a folder",
      409,
      "ignore-file-is-folder",
      async () => (await put(zipOf(".dockerignore/a"))).body.id,
      "a\n",
    ],
    [
      "the whole would be too large",
      413,
      "context-too-large",
      async () => (await put(makeZip([{ name: "a", content: Buffer.alloc(LIMIT - 1) }]))).body.id,
      "abc\n",
    ],
    [
      "it is longer than anyone writes",
      400,
      "bad-body",
      async () => (await put(HELLO)).body.id,
      "a".repeat(100_001),
    ],
  ])("refused where %s", async (_what, status, code, prepare, text) => {
    await put(HELLO);
    const of = await prepare();
    const before = (await owner.get(`/api/documents/${id}/context`)).body;
    expect(await write(of, text)).toMatchObject({ status, body: { error: { code } } });
    expect((await owner.get(`/api/documents/${id}/context`)).body).toEqual(before);
  });
});

describe("a further context, for builds to take by name", () => {
  const putNamed = (document = id) =>
    owner.putZip(`/api/documents/${document}/context?use=named&name=shared.zip`, HELLO);
  const build = (contextId: string, document = id) =>
    owner.post(`/api/documents/${document}/builds`, {
      options: { contexts: { shared: `attached:${contextId}` } },
    });

  test("stands beside the build context, and is handed to the builds that name it", async () => {
    const main = (await put(makeZip([{ name: "own", content: "x", mode: FILE }]))).body;
    const { id: named } = contextSummarySchema.parse((await putNamed()).body);
    expect((await owner.get(`/api/documents/${id}`)).body.context).toEqual(main);
    expect((await owner.get(`/api/documents/${id}/context/named`)).body).toEqual([
      { id: named, name: "shared.zip", files: 2, bytes: 23 },
    ]);
    expect((await build(named)).status).toBe(201);
    const { request } = await stand.host.run(0);
    expect(request.attached!.get("shared")!.get("main.go")).toMatchObject({ kind: "file", bytes: 13 });
    expect(request.context!.get("own")).toBeDefined();
  });

  test("is nothing that another document may name, and goes with its own", async () => {
    const { id: named } = (await putNamed()).body;
    const second = await newDocument(owner);
    expect(await build(named, second)).toMatchObject({
      status: 409,
      body: { error: { code: "named-context-gone" } },
    });
    const { token } = (await owner.post(`/api/documents/${id}/links`)).body;
    const fork = (await owner.post(`/api/shared/${token}/fork`)).body.id;
    await owner.delete(`/api/documents/${id}`);
    expect((await build(named, fork)).status).toBe(201);
    expect(kept()).toEqual(HELLO_KEPT);
    (await stand.host.run(0)).finish("succeeded");
    await owner.delete(`/api/documents/${fork}`);
    await expect.poll(kept).toEqual([]);
  });

  test("stays while a build needs it", async () => {
    const { id: named } = (await putNamed()).body;
    await build(named);
    const run = await stand.host.run(0);
    await stand.db.namedContext.deleteMany();
    await stand.contexts.collect();
    expect(kept()).toEqual(HELLO_KEPT);
    run.finish("succeeded");
    await expect.poll(kept).toEqual([]);
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
    expect(kept()).toEqual(HELLO_KEPT);
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

  /** A body that is asked for once the document has been found, and gone by the time it has come. */
  const deleting = (content: Uint8Array) =>
    new ReadableStream(
      {
        async pull(controller) {
          await owner.delete(`/api/documents/${id}`);
          controller.enqueue(content);
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  test.each<[string, string, string, string, Uint8Array]>([
    ["an archive", "PUT", "", "application/zip", HELLO],
    ["a list", "POST", "/files", "application/json", Buffer.from(`{"name":"","files":[]}`)],
    ["contents", "PUT", "/contents", "application/octet-stream", Buffer.alloc(40, 0)],
  ])("%s for a document that goes meanwhile", async (_what, method, path, type, content) => {
    const headers = { "content-type": type };
    const answer = await owner.ask(method, `/api/documents/${id}/context${path}`, deleting(content), headers);
    expect(answer).toMatchObject({ status: 404, body: { error: { code: "unknown-document" } } });
    await stand.contexts.collect();
    expect([kept(), received(), readdirSync(join(stand.folder, "uploads"))]).toEqual([[], [], []]);
    expect(await stand.db.context.count()).toBe(0);
  });

  test("what cannot be cleared away does not take back what was done", async () => {
    rmSync(join(stand.folder, "uploads"), { recursive: true });
    expect((await put(HELLO)).status).toBe(200);
    expect((await owner.delete(`/api/documents/${id}`)).status).toBe(204);
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

describe("a server that starts", () => {
  async function restart() {
    const { folder } = stand;
    await stand.abandon();
    stand = await openStand({}, folder);
    const { cookies } = owner;
    owner = new Browser(stand.services);
    for (const [name, value] of cookies) owner.cookies.set(name, value);
  }
  const write = (path: string, content: string) => {
    mkdirSync(join(stand.folder, path, ".."), { recursive: true });
    writeFileSync(join(stand.folder, path), content);
  };

  test("removes what the one before left half received or unreferenced", async () => {
    await put(HELLO);
    write("incoming/half/files", "x");
    write(`blobs/${hashOf("x").slice(0, 2)}/${hashOf("x")}`, "x");
    write(`uploads/${"a".repeat(16)}/${hashOf("y")}`, "y");
    await restart();
    expect(kept()).toEqual(HELLO_KEPT);
    expect(received()).toEqual([]);
    expect(readdirSync(join(stand.folder, "uploads"))).toEqual([]);
  });

  test("takes over folders of files, as contexts were kept before", async () => {
    const before = (await put(HELLO)).body;
    const view = (await owner.get(`/api/documents/${id}/context`)).body;
    for (const [path, content] of [
      ["main.go", "package main\n"],
      ["bin/run", "#!/bin/sh\n"],
    ]) {
      write(`contexts/${before.id}/${path}`, content!);
    }
    await stand.abandon();
    for (const folder of ["blobs", "manifests"]) rmSync(join(stand.folder, folder), { recursive: true });
    await restart();
    expect(kept()).toEqual(HELLO_KEPT);
    expect((await owner.get(`/api/documents/${id}/context`)).body).toEqual(view);
    expect(existsSync(join(stand.folder, "contexts"))).toBe(false);
  });
});
