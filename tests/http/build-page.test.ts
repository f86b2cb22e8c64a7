import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { readOwnBuild, readSharedBuild } from "@/lib/http/builds";
import { VISITOR_COOKIE } from "@/lib/http/route";
import { documentParts } from "@/lib/share/document";
import { openStand, type Stand } from "../build-server/stand";
import { FILE, makeZip } from "../build-server/zip";
import { Browser } from "./browser";

const TEXT = "FROM a AS one\r\nRUN b\r\nFROM a as two\r\n";

let stand: Stand;
let owner: Browser;
let documentId: string;
let build: string;
let token: string;

beforeEach(async () => {
  stand = await openStand();
  owner = new Browser(stand.services);
  documentId = (await owner.post("/api/documents", { text: TEXT, title: "Mine" })).body.id;
  const options = { target: 0, everyStage: false, buildArgs: { A: "1" } };
  const secrets = { npm: Buffer.from("hush-hush").toString("base64") };
  build = (await owner.post(`/api/documents/${documentId}/builds`, { options, secrets })).body.id;
  (await stand.host.run(0)).finish("succeeded");
  token = (await owner.post(`/api/documents/${documentId}/links`)).body.token;
});
afterEach(() => stand.close());

const visitor = (browser: Browser) => browser.cookies.get(VISITOR_COOKIE);

describe("the page of a build", () => {
  test("shows what was built, with its options and their findings, to owner and link alike", async () => {
    const own = await readOwnBuild(stand.services, visitor(owner), documentId, build);
    expect(own).toMatchObject({
      id: documentId,
      title: "Mine",
      text: TEXT.replaceAll("\r\n", "\n"),
      format: { eol: "crlf", bom: false },
      context: null,
      options: { target: 0, everyStage: false, buildArgs: { A: "1" }, secrets: ["npm"] },
      lastBuild: { id: build, documentId },
    });
    expect(own.findings.map(({ code }) => code)).toContain("FromAsCasing");
    expect(JSON.stringify(own)).not.toContain("hush");
    expect(await readSharedBuild(stand.services, token, build)).toEqual(own);
  });

  test("lists to its owner what it was made from, also when that is attached no more", async () => {
    const path = `/api/documents/${documentId}/context`;
    const context = (
      await owner.putZip(`${path}?name=a.zip`, makeZip([{ name: "a", content: "x", mode: FILE }]))
    ).body;
    const made = (await owner.post(`/api/documents/${documentId}/builds`)).body.id;
    (await stand.host.run(1)).finish("succeeded");
    const entries = [{ path: "a", kind: "file", bytes: 1 }];
    const listed = () => owner.get(`/api/builds/${made}/context`);
    expect((await listed()).body).toEqual({ ...context, entries, ignore: null });
    await owner.delete(path);
    expect((await listed()).body).toEqual({ ...context, name: "", entries, ignore: null });
    expect((await owner.get(`/api/builds/${build}/context`)).status).toBe(404);
    expect((await new Browser(stand.services).get(`/api/builds/${made}/context`)).status).toBe(404);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    [
      "without a cookie",
      () => readOwnBuild(stand.services, undefined, documentId, build),
      "unknown-document",
    ],
    [
      "with another's cookie",
      async () => {
        const other = new Browser(stand.services);
        await other.post("/api/documents", {});
        return readOwnBuild(stand.services, visitor(other), documentId, build);
      },
      "unknown-document",
    ],
    [
      "under another document of one's own",
      async () => {
        const { id } = (await owner.post("/api/documents", {})).body;
        return readOwnBuild(stand.services, visitor(owner), id, build);
      },
      "unknown-build",
    ],
    ["by a link that is none", () => readSharedBuild(stand.services, "x", build), "unknown-link"],
    [
      "by a link to another document",
      async () => {
        const { id } = (await owner.post("/api/documents", {})).body;
        const other = (await owner.post(`/api/documents/${id}/links`)).body.token;
        return readSharedBuild(stand.services, other, build);
      },
      "unknown-build",
    ],
    [
      "by a link that was revoked",
      async () => {
        await owner.delete(`/api/documents/${documentId}/links/${token}`);
        return readSharedBuild(stand.services, token, build);
      },
      "unknown-link",
    ],
    [
      "of a build that is gone",
      () => readOwnBuild(stand.services, visitor(owner), documentId, "gone"),
      "unknown-build",
    ],
  ])("is not there %s", async (_how, read, code) => {
    await expect(read()).rejects.toMatchObject({ code });
  });

  test("says which build context went in, whatever is attached since", async () => {
    const attach = (name: string, text: string) =>
      owner.putZip(
        `/api/documents/${documentId}/context?name=${name}`,
        makeZip([{ name: "file", content: text, mode: FILE }]),
      );
    await attach("then", "first");
    const second = (await owner.post(`/api/documents/${documentId}/builds`)).body.id;
    (await stand.host.run(1)).finish("succeeded");
    const read = () => readOwnBuild(stand.services, visitor(owner), documentId, second);
    expect((await read()).context).toMatchObject({ name: "then", files: 1, bytes: 5 });
    await attach("now", "another");
    expect((await read()).context).toMatchObject({ name: "", files: 1, bytes: 5 });
  });

  test("keeps the places of cards while the document has the text that was built", async () => {
    const doc = new Y.Doc();
    const { state } = (await owner.get(`/api/documents/${documentId}`)).body;
    Y.applyUpdate(doc, Buffer.from(state, "base64"));
    const { positions, text } = documentParts(doc);
    const save = () => owner.update(documentId, Y.encodeStateAsUpdate(doc));
    positions.set("card", { x: 1, y: 2, name: "one", index: 0 });
    await save();
    expect((await readSharedBuild(stand.services, token, build)).places).toMatchObject({
      card: { x: 1, y: 2, name: "one" },
    });
    text.insert(0, "# another\n");
    await save();
    expect(await readSharedBuild(stand.services, token, build)).toMatchObject({
      text: TEXT.replaceAll("\r\n", "\n"),
      places: {},
    });
  });
});
