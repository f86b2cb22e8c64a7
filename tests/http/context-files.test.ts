import { readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { contextSummarySchema } from "@/lib/share/document";
import type { Stand } from "../build-server/stand";
import { FILE, makeZip } from "../build-server/zip";
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

const OCTETS = { "content-type": "application/octet-stream" };

let stand: Stand;
let owner: Browser;
let id: string;

beforeEach(async () => {
  ({ stand, owner, id } = await openDocument());
});
afterEach(() => stand.close());

const put = (zip: Uint8Array, document = id) => putHello(owner, document, zip);
const kept = () => keptIn(stand);

describe("files by the hashes of their contents", () => {
  const listed = (files: Record<string, string>) =>
    Object.entries(files).map(([path, content]) => ({
      path,
      blob: hashOf(content),
      bytes: Buffer.byteLength(content),
      mode: 0o644,
      modified: 1_700_000_000_000,
    }));
  const attach = (files: Record<string, string>, document = id, browser = owner) =>
    browser.post(`/api/documents/${document}/context/files`, { name: "app", files: listed(files) });
  const frame = (content: string, blob = hashOf(content)) => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(Buffer.byteLength(content)));
    return Buffer.concat([Buffer.from(blob, "hex"), length, Buffer.from(content)]);
  };
  const send = (body: BodyInit, headers: Record<string, string> = {}, document = id) =>
    owner.ask("PUT", `/api/documents/${document}/context/contents`, body, {
      ...OCTETS,
      ...headers,
    });

  test("are attached once all contents are there, and only those that changed are asked for again", async () => {
    const files = { a: "1", "d/b": "22", "d/same": "1" };
    const first = await attach(files);
    expect(first.body).toEqual({ context: null, missing: [hashOf("1"), hashOf("22")] });
    expect((await send(Buffer.concat([frame("1"), frame("22")]))).status).toBe(204);
    const { context } = (await attach(files)).body;
    expect(contextSummarySchema.parse(context)).toMatchObject({ name: "app", files: 3, bytes: 4 });
    expect(kept()).toEqual([hashOf("1"), hashOf("22")].sort());
    expect(readdirSync(join(stand.folder, "uploads"))).toEqual([]);

    const changed = { ...files, "d/b": "23" };
    expect((await attach(changed)).body.missing).toEqual([hashOf("23")]);
    await send(gzipSync(frame("23")), { "content-encoding": "gzip" });
    expect((await attach(changed)).body).toMatchObject({ missing: [], context: { files: 3 } });
    expect(kept()).toEqual([hashOf("1"), hashOf("23")].sort());
    // Another document of the same owner need not send them.
    expect((await attach(files, await newDocument(owner))).body.missing).toEqual([hashOf("22")]);
  });

  test("make the same context as a zip of them", async () => {
    const files = { "bin/run": "#!/bin/sh\n", "main.go": "package main\n" };
    await put(makeZip(Object.entries(files).map(([name, content]) => ({ name, content, mode: FILE }))));
    const zipped = (await owner.get(`/api/documents/${id}`)).body.context;
    expect((await attach(files)).body).toEqual({ missing: [], context: { ...zipped, name: "app" } });
  });

  test("that another visitor has are asked for all the same", async () => {
    await put(HELLO);
    const stranger = new Browser(stand.services);
    const theirs = (await stranger.post("/api/documents", { text: "FROM a\n" })).body.id;
    const files = { stolen: "package main\n" };
    expect((await attach(files, theirs, stranger)).body).toEqual({
      context: null,
      missing: [hashOf("package main\n")],
    });
    expect((await attach(files, id, stranger)).status).toBe(404);
    const anonymous = new Browser(stand.services);
    expect(
      (await anonymous.ask("PUT", `/api/documents/${id}/context/contents`, frame("x"), OCTETS)).status,
    ).toBe(404);
  });

  test("that arrived before a connection was cut, or the server stopped, are not asked for again", async () => {
    const whole = Buffer.concat([frame("1"), frame("22"), frame("333")]);
    const cut = await send(whole.subarray(0, whole.length - 2));
    expect(cut).toMatchObject({ status: 400, body: { error: { code: "broken-off" } } });
    const files = { a: "1", b: "22", c: "333" };
    expect((await attach(files)).body.missing).toEqual([hashOf("333")]);
    expect((await attach({ a: "1", b: "22" })).body.missing).toEqual([]);
  });

  test("that a list no longer names are not kept", async () => {
    await send(Buffer.concat([frame("1"), frame("22")]));
    await attach({ a: "1", b: "333" });
    expect(readdirSync(join(stand.folder, "uploads", id))).toEqual([hashOf("1")]);
    await owner.delete(`/api/documents/${id}/context`);
    expect(readdirSync(join(stand.folder, "uploads"))).toEqual([]);
  });

  test.each<[string, () => Promise<{ status: number }>, number]>([
    ["a content that is not what its hash says", () => send(frame("1", hashOf("2"))), 409],
    ["more than the limit", () => send(frame("x".repeat(LIMIT + 1))), 413],
    ["a length that cannot be", () => send(Buffer.alloc(40, 0xff)), 400],
    ["what is no gzip", () => send(frame("1"), { "content-encoding": "gzip" }), 400],
    ["a path that climbs out", () => attach({ "../a": "1" }), 422],
    ["an absolute path", () => attach({ "/a": "1" }), 422],
    ["a path within a file", () => attach({ a: "1", "a/b": "2" }), 422],
    [
      "a hash that is none",
      () =>
        owner.post(`/api/documents/${id}/context/files`, { name: "", files: [{ path: "a", blob: "../x" }] }),
      400,
    ],
  ])("are refused: %s", async (_what, ask, status) => {
    await put(HELLO);
    expect((await ask()).status).toBe(status);
    expect(kept()).toEqual(HELLO_KEPT);
  });

  test("with a wrong length are missing, and too many bytes are refused by their list", async () => {
    await put(HELLO);
    const [file] = listed({ a: "package main\n" });
    const ask = (bytes: number) =>
      owner.post(`/api/documents/${id}/context/files`, { name: "", files: [{ ...file, bytes }] });
    expect((await ask(5)).body.missing).toEqual([file!.blob]);
    expect((await ask(LIMIT + 1)).status).toBe(413);
  });
});
