import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { documentFiguresSchema } from "@/lib/build/figures";
import { buildDetailSchema } from "@/lib/share/answers";
import { buildSummarySchema } from "@/lib/share/document";
import { MAX_IMPORTED, RECORD_LIMITS } from "@/lib/share/record-file";
import { log } from "../build-server/fake-host";
import { openStand, type Stand } from "../build-server/stand";
import { Browser } from "./browser";

let stand: Stand;
let owner: Browser;
let documentId: string;
let build: string;

beforeEach(async () => {
  stand = await openStand();
  owner = new Browser(stand.services);
  documentId = (await owner.post("/api/documents", { text: "FROM a\nRUN b\n", title: "One" })).body.id;
  const secrets = { npm: Buffer.from("hush-hush").toString("base64") };
  const options = { buildArgs: { A: "1" } };
  build = (await owner.post(`/api/documents/${documentId}/builds`, { options, secrets })).body.id;
  const run = await stand.host.run(0);
  run.emit(log("one\ntwo\n"));
  run.finish("succeeded");
  await owner.get(`/api/builds/${build}/events`);
});
afterEach(() => stand.close());

async function exported(path = `/api/builds/${build}/record`, browser = owner): Promise<Buffer> {
  const response = await browser.send("GET", path);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/gzip");
  expect(response.headers.get("content-disposition")).toContain(`build-${build}.jsonl.gz`);
  return Buffer.from(await response.arrayBuffer());
}

const take = (document: string, packed: Uint8Array, browser = owner, type = "application/gzip") =>
  browser.ask("POST", `/api/documents/${document}/builds/import`, new Uint8Array(packed), {
    "content-type": type,
  });

const linesOf = (packed: Buffer) =>
  gunzipSync(packed)
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

const eventsOf = async (id: string) =>
  [...(await owner.get(`/api/builds/${id}/events`)).body.matchAll(/^data: (\{"seq".*)$/gm)].map(([, data]) =>
    JSON.parse(data!),
  );

describe("a record", () => {
  test("goes out and comes in again: the same build in another document, by the same views", async () => {
    const packed = await exported();
    expect(gunzipSync(packed).toString()).not.toContain("hush");
    const other = (await owner.post("/api/documents", { text: "FROM z\n" })).body.id;
    const answer = await take(other, packed);
    expect(answer.status).toBe(201);
    const summary = buildSummarySchema.parse(answer.body);
    const before = buildDetailSchema.parse((await owner.get(`/api/builds/${build}`)).body);
    const { text, format, ...was } = before;
    expect(summary).toEqual({
      ...was,
      id: summary.id,
      documentId: other,
      options: { ...was.options, host: null },
      imported: true,
    });
    expect((await owner.get(`/api/builds/${summary.id}`)).body).toEqual({ ...summary, text, format });
    expect((await owner.get(`/api/documents/${other}/builds`)).body).toEqual([summary]);
    expect(await eventsOf(summary.id)).toEqual(await eventsOf(build));
    const { builds } = documentFiguresSchema.parse((await owner.get(`/api/documents/${other}/figures`)).body);
    expect(builds).toMatchObject([{ id: summary.id, imported: true }]);
    // And out again, the same.
    const again = await owner.send("GET", `/api/builds/${summary.id}/record`);
    expect(linesOf(Buffer.from(await again.arrayBuffer()))).toEqual(linesOf(packed));
  });

  test("is there for whoever holds a link, and for nobody else", async () => {
    const { token } = (await owner.post(`/api/documents/${documentId}/links`)).body;
    const stranger = new Browser(stand.services);
    const path = `/api/shared/${token}/builds/${build}/record`;
    expect(gunzipSync(await exported(path, stranger))).toEqual(gunzipSync(await exported()));
    expect((await stranger.get(`/api/builds/${build}/record`)).status).toBe(404);
    expect((await take(documentId, await exported(), stranger)).status).toBe(404);
  });

  test("is not there while its build is under way", async () => {
    const { id } = (await owner.post(`/api/documents/${documentId}/builds`)).body;
    expect(await owner.get(`/api/builds/${id}/record`)).toMatchObject({
      status: 409,
      body: { error: { code: "build-not-over" } },
    });
  });
});

describe("what was imported", () => {
  test("has no image here to run, to download or to look into, and no reasons", async () => {
    const { id } = (await take(documentId, await exported())).body;
    for (const answer of [
      await owner.post(`/api/builds/${id}/run`, { command: null }),
      await owner.get(`/api/builds/${id}/image`),
      await owner.get(`/api/builds/${id}/files/0`),
      await owner.post(`/api/builds/${id}/files/0`),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { error: { code: "imported-build" } } });
    }
    expect((await owner.get(`/api/builds/${id}/why`)).body).toEqual({ steps: [] });
  });

  test("is no build that another is compared with to say why it ran", async () => {
    await take(documentId, await exported());
    const [known] = await stand.db.build.findMany({ where: { imported: false } });
    await stand.db.build.delete({ where: { id: known!.id } });
    const { id } = (await owner.post(`/api/documents/${documentId}/builds`)).body;
    (await stand.host.run(1)).finish("succeeded");
    await owner.get(`/api/builds/${id}/events`);
    const { steps } = (await owner.get(`/api/builds/${id}/why`)).body;
    for (const { reason } of steps) expect(reason.kind).toBe("first");
  });

  test("is bounded in number, and goes with its document", async () => {
    const packed = await exported();
    for (let nth = 0; nth < MAX_IMPORTED; nth++) expect((await take(documentId, packed)).status).toBe(201);
    expect(await take(documentId, packed)).toMatchObject({
      status: 409,
      body: { error: { code: "too-many-imported" } },
    });
    await owner.delete(`/api/documents/${documentId}`);
    expect(await stand.db.buildChunk.count()).toBe(0);
  });

  test.each<[string, () => Promise<Uint8Array>, string, number]>([
    ["damaged", async () => gzipSync("{}\n"), "application/gzip", 422],
    ["cut", async () => (await exported()).subarray(0, -9), "application/gzip", 422],
    ["sent as something else", exported, "application/zip", 415],
    ["too large", async () => Buffer.alloc(RECORD_LIMITS.packed + 1), "application/gzip", 413],
  ])("leaves nothing where it is %s", async (_how, packed, type, status) => {
    const before = await stand.db.buildChunk.count();
    const answer = await take(documentId, await packed(), owner, type);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).not.toBe("");
    expect(await stand.db.build.count()).toBe(1);
    expect(await stand.db.buildChunk.count()).toBe(before);
  });
});
