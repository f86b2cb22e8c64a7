/** Every route by itself, asked by who has no business there: the list is that of the interface's description. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "@/lib/http/openapi";
import { newBuildSchema } from "@/lib/share/requests";
import { openStand, type Stand } from "../build-server/stand";
import { Browser } from "./browser";

let stand: Stand;
let owner: Browser;
let documentId: string;
let buildId: string;

/** A server that others reach, where nobody has the key. */
beforeAll(async () => {
  stand = await openStand({ HOST: "0.0.0.0", STAGECRAFT_BUILD_KEY: "a key that nobody has" });
  owner = new Browser(stand.services);
  documentId = (await owner.post("/api/documents", { template: "go-hello" })).body.id;
  const { text } = await stand.documents.source(documentId);
  buildId = "b".repeat(16);
  await stand.db.build.create({
    data: {
      ...{ id: buildId, documentId, status: "succeeded", sizes: `{"0":1}`, text, eol: "lf", bom: false },
      options: JSON.stringify(newBuildSchema.parse({}).options),
    },
  });
});
afterAll(() => stand.close());

const rows = operations.map(
  (operation) => [operation.method.toUpperCase(), operation.path, operation] as const,
);
const of = (begin: string) => rows.filter(([, path]) => path.startsWith(begin));

function addressed(path: string, ids: { document: string; build: string }): string {
  return path
    .replace("documents/{id}", `documents/${ids.document}`)
    .replace("builds/{id}", `builds/${ids.build}`)
    .replace("{stage}", "0")
    .replace(/\{\w+\}/g, "unknown");
}

const BODY = JSON.stringify({ git: { url: "https://a.example/b.git" } });
const ask = (browser: Browser, method: string, path: string) =>
  browser.ask(method, path, method === "GET" ? null : BODY, { "content-type": "application/json" });

describe("what is not the visitor's is not there", () => {
  test.each([...of("/api/documents/{id}"), ...of("/api/builds/{id}")])("%s %s", async (method, path) => {
    const [other, nobody, forger] = [1, 2, 3].map(() => new Browser(stand.services));
    await other!.post("/api/documents", {});
    forger!.cookies.set("stagecraft_visitor", "guessed");
    const theirs = { document: documentId, build: buildId };
    const none = { document: "a".repeat(16), build: "a".repeat(16) };
    const before = (await owner.get(`/api/documents/${documentId}`)).body;
    const code = path.includes("documents/{id}") ? "unknown-document" : "unknown-build";
    for (const browser of [other!, nobody!, forger!])
      for (const ids of [theirs, none]) {
        const answer = await ask(browser, method, addressed(path, ids));
        expect(answer).toMatchObject({ status: 404, body: { error: { code } } });
      }
    expect((await owner.get(`/api/documents/${documentId}`)).body).toEqual(before);
  });
});

test.each(of("/api/shared/{token}"))("without its link: %s %s", async (method, path) => {
  const answer = await ask(owner, method, addressed(path, { document: "", build: buildId }));
  expect(answer).toMatchObject({ status: 404, body: { error: { code: "unknown-link" } } });
});

describe("what takes a right is refused to its owner who has none", () => {
  test.each(rows.filter(([, , { refusals }]) => refusals?.[403]))("%s %s", async (method, path) => {
    const ids = { document: documentId, build: buildId };
    const query = path.endsWith("/tags") ? "?image=golang" : "";
    const { status, body } = await ask(owner, method, addressed(path, ids) + query);
    expect([status, body.error?.code]).toEqual([403, expect.stringMatching(/^no-(build|host)-right$/)]);
  });
});

test("lists are of what is one's own", async () => {
  expect((await new Browser(stand.services).get("/api/documents")).body).toEqual([]);
});
