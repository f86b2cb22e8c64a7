import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { lessonOf } from "@/lib/learn";
import {
  documentListingSchema,
  limitsSchema,
  linkViewSchema,
  revisionListingSchema,
  revisionSchema,
  templateViewSchema,
} from "@/lib/share/answers";
import { documentParts, documentViewSchema, MAX_TEXT_BYTES, readSettings } from "@/lib/share/document";
import { MAX_DOCUMENTS, MAX_LINKS } from "@/lib/share/server/limits";
import { openStand, type Stand } from "../build-server/stand";
import { Browser, ORIGIN } from "./browser";

let stand: Stand;
let owner: Browser;
let other: Browser;

beforeEach(async () => {
  stand = await openStand();
  owner = new Browser(stand.services);
  other = new Browser(stand.services);
});
afterEach(() => stand.close());

async function create(body: object = { text: "FROM a\n" }): Promise<string> {
  return (await owner.post("/api/documents", body)).body.id;
}

/** What a tab would send to put this before the text. */
async function prefix(id: string, text: string): Promise<Uint8Array> {
  const { state } = (await owner.get(`/api/documents/${id}`)).body;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(state, "base64"));
  const before = Y.encodeStateVector(doc);
  documentParts(doc).text.insert(0, text);
  return Y.encodeStateAsUpdate(doc, before);
}

describe("a document", () => {
  test("is made, opened and listed by its owner", async () => {
    const made = await owner.post("/api/documents", { title: "  Mine ", text: "FROM a\r\n" });
    expect(made.status).toBe(201);
    const view = documentViewSchema.parse(made.body);
    expect(view).toMatchObject({
      title: "Mine",
      text: "FROM a\n",
      format: { eol: "crlf", bom: false },
      context: null,
      lastBuild: null,
      rights: { edit: true, build: true, share: true },
    });
    expect((await owner.get(`/api/documents/${view.id}`)).body).toEqual(view);
    const [listed, ...rest] = documentListingSchema.array().parse((await owner.get("/api/documents")).body);
    expect(listed).toMatchObject({ id: view.id, title: "Mine" });
    expect(rest).toEqual([]);
  });

  test("is listed newest first, by when it was last changed", async () => {
    const [first, second] = [await create({ title: "first" }), await create({ title: "second" })];
    await owner.update(first, await prefix(first, "x"));
    expect((await owner.get("/api/documents")).body.map((item: { id: string }) => item.id)).toEqual([
      first,
      second,
    ]);
  });

  test("of a lesson comes with what it begins with, and keeps its id", async () => {
    const { status, body } = await owner.post("/api/documents", { lesson: "cache" });
    expect(status).toBe(201);
    expect(body).toMatchObject({ title: lessonOf("cache")?.title, text: lessonOf("cache")?.dockerfile });
    expect(body.context).toMatchObject({ files: 2 });
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Buffer.from(body.state, "base64"));
    expect(readSettings(doc).lesson).toBe("cache");
    expect((await owner.post("/api/documents", { lesson: "none" })).status).toBe(404);
  });

  test("of a template comes with its text, title and files", async () => {
    const [template] = templateViewSchema.array().parse((await owner.get("/api/templates")).body);
    const { status, body } = await owner.post("/api/documents", { template: template?.id });
    expect(status).toBe(201);
    expect(body).toMatchObject({ title: template?.title, text: template?.dockerfile });
    expect(body.context).toMatchObject({ files: template?.files, bytes: template?.bytes });
  });

  test("takes updates and gives back what the tab lacks", async () => {
    const id = await create();
    const early = await prefix(id, "# early\n");
    await owner.update(id, await prefix(id, "# late\n"));
    const doc = new Y.Doc();
    const { status, bytes } = await owner.update(id, early, Y.encodeStateVector(doc));
    expect(status).toBe(200);
    Y.applyUpdate(doc, bytes);
    expect(documentParts(doc).text.toString()).toMatch(/^(# early\n# late\n|# late\n# early\n)FROM a\n$/);
  });

  test("takes updates that come at once, all of them", async () => {
    const id = await create({ text: "" });
    const updates = await Promise.all(Array.from({ length: 15 }, (_, i) => prefix(id, `RUN ${i}\n`)));
    await Promise.all(updates.map((update) => owner.update(id, update)));
    const { text } = (await owner.get(`/api/documents/${id}`)).body;
    expect(text.split("\n").sort()).toEqual(["", ...updates.map((_, i) => `RUN ${i}`)].sort());
  });

  test("goes with its links, builds and context", async () => {
    const id = await create({ template: "go-hello" });
    const { token } = (await owner.post(`/api/documents/${id}/links`)).body;
    expect((await owner.delete(`/api/documents/${id}`)).status).toBe(204);
    expect((await owner.get(`/api/documents/${id}`)).status).toBe(404);
    expect((await other.get(`/api/shared/${token}`)).status).toBe(404);
    expect(await stand.db.context.count()).toBe(0);
  });
});

describe("a visitor", () => {
  test("is made by making something, and by nothing else", async () => {
    await owner.get("/api/documents");
    await owner.get("/api/limits");
    await owner.post("/api/shared/none/fork");
    await owner.post("/api/documents", { template: "none" });
    expect(await stand.db.visitor.count()).toBe(0);
    const { headers } = await owner.post("/api/documents", {});
    expect(headers.get("set-cookie")).toMatch(
      /^stagecraft_visitor=[\w-]{32}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
    );
    await owner.post("/api/documents", {});
    expect(await stand.db.visitor.count()).toBe(1);
  });

  test("has a token that the database does not know", async () => {
    await owner.post("/api/documents", {});
    const token = owner.cookies.get("stagecraft_visitor") ?? "";
    const [row] = await stand.db.visitor.findMany();
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test("gets a cookie for TLS alone where it came by TLS", async () => {
    const { headers } = await new Browser(stand.services, ORIGIN, { "x-forwarded-proto": "https" }).post(
      "/api/documents",
    );
    expect(headers.get("set-cookie")).toMatch(/; Secure$/);
  });
});

describe("a link", () => {
  test("lets another browser see the document, and only see it", async () => {
    const id = await create({ template: "go-hello" });
    const made = await owner.post(`/api/documents/${id}/links`);
    expect(made.status).toBe(201);
    const link = linkViewSchema.parse(made.body);
    expect(link).toMatchObject({ url: `${ORIGIN}/s/${link.token}`, role: "view" });
    const seen = documentViewSchema.parse((await other.get(`/api/shared/${link.token}`)).body);
    const own = documentViewSchema.parse((await owner.get(`/api/documents/${id}`)).body);
    expect(seen).toEqual({ ...own, rights: { edit: false, build: false, share: false } });
    expect(other.cookies.size).toBe(0);
    expect((await owner.get(`/api/documents/${id}/links`)).body).toEqual([link]);
  });

  test("cannot be guessed, and no two are the same", async () => {
    const id = await create();
    const tokens = new Set<string>();
    for (let i = 0; i < 20; i++) tokens.add((await owner.post(`/api/documents/${id}/links`)).body.token);
    expect(tokens.size).toBe(20);
    // 32 characters of 6 bits.
    for (const token of tokens) expect(token).toMatch(/^[\w-]{32}$/);
  });

  test("leads nowhere once it is revoked, while others go on", async () => {
    const id = await create();
    const [first, second] = [
      await owner.post(`/api/documents/${id}/links`),
      await owner.post(`/api/documents/${id}/links`),
    ];
    expect((await owner.delete(`/api/documents/${id}/links/${first.body.token}`)).status).toBe(204);
    expect((await other.get(`/api/shared/${first.body.token}`)).status).toBe(404);
    expect((await other.get(`/api/shared/${second.body.token}`)).status).toBe(200);
    expect((await owner.delete(`/api/documents/${id}/links/${first.body.token}`)).status).toBe(404);
  });

  test("lets whoever has it fork: the copy is theirs, and goes its own way", async () => {
    const id = await create({ template: "go-hello" });
    const { token } = (await owner.post(`/api/documents/${id}/links`)).body;
    const fork = await other.post(`/api/shared/${token}/fork`);
    expect(fork.status).toBe(201);
    const original = (await owner.get(`/api/documents/${id}`)).body;
    expect(fork.body).toMatchObject({
      text: original.text,
      context: original.context,
      lastBuild: null,
      rights: { edit: true, build: true, share: true },
    });
    expect(fork.body.id).not.toBe(id);
    await owner.update(id, await prefix(id, "# changed\n"));
    expect((await other.get(`/api/documents/${fork.body.id}`)).body.text).toBe(original.text);
    await owner.delete(`/api/documents/${id}`);
    expect((await other.get(`/api/documents/${fork.body.id}/context`)).body.entries).toHaveLength(
      original.context.files,
    );
  });

  test.each(["unknown", "..", "%00", "x".repeat(5_000), "' OR 1=1 --"])(
    "that is %s leads nowhere",
    async (token) => {
      for (const answer of [
        await other.get(`/api/shared/x${encodeURIComponent(token)}`),
        await other.post(`/api/shared/x${encodeURIComponent(token)}/fork`),
        await other.get(`/api/shared/x${encodeURIComponent(token)}/builds/b/events`),
      ]) {
        expect(answer.status).toBe(404);
        expect(answer.body.error).toMatchObject({ code: "unknown-link", message: expect.any(String) });
      }
    },
  );
});

describe("a body that will not do is refused, and what was saved stays", () => {
  const json = { "content-type": "application/json" };
  const bytes = { "content-type": "application/octet-stream" };
  test.each<[string, number, string, (id: string) => Promise<{ status: number; body?: unknown }>]>([
    ["no JSON", 400, "bad-json", () => owner.ask("POST", "/api/documents", "{", json)],
    [
      "no UTF-8",
      400,
      "bad-json",
      () => owner.ask("POST", "/api/documents", new Uint8Array([0x22, 0xff, 0x22]), json),
    ],
    ["another shape", 400, "bad-body", () => owner.post("/api/documents", { text: 7 })],
    ["a list", 400, "bad-body", () => owner.post("/api/documents", [])],
    [
      "wrong build options",
      400,
      "bad-body",
      (id) => owner.post(`/api/documents/${id}/builds`, { options: { target: -1 } }),
    ],
    ["no content type", 415, "wrong-content-type", () => owner.ask("POST", "/api/documents", "{}")],
    [
      "a form",
      415,
      "wrong-content-type",
      () => owner.ask("POST", "/api/documents", new URLSearchParams({ a: "b" })),
    ],
    [
      "an unknown template",
      404,
      "unknown-template",
      () => owner.post("/api/documents", { template: "../.." }),
    ],
    [
      "a long text",
      413,
      "text-too-large",
      () => owner.post("/api/documents", { text: "x".repeat(MAX_TEXT_BYTES + 1) }),
    ],
    [
      "a huge body",
      413,
      "body-too-large",
      () => owner.post("/api/documents", { text: "x".repeat(9 * MAX_TEXT_BYTES) }),
    ],
    [
      "an update of noise",
      400,
      "bad-update",
      (id) => owner.ask("POST", `/api/documents/${id}/updates`, "noise", bytes),
    ],
    [
      "a state vector of noise",
      400,
      "bad-update",
      async (id) =>
        owner.ask(
          "POST",
          `/api/documents/${id}/updates?sv=(!)`,
          new Uint8Array(await prefix(id, "x")),
          bytes,
        ),
    ],
    [
      "an update as JSON",
      415,
      "wrong-content-type",
      (id) => owner.ask("POST", `/api/documents/${id}/updates`, "{}", json),
    ],
    [
      "an update that makes the text too long",
      413,
      "text-too-large",
      async (id) => {
        const update = new Uint8Array(await prefix(id, "x".repeat(MAX_TEXT_BYTES)));
        return owner.ask("POST", `/api/documents/${id}/updates`, update, bytes);
      },
    ],
    [
      "a huge update",
      413,
      "body-too-large",
      (id) =>
        owner.ask("POST", `/api/documents/${id}/updates`, new Uint8Array(8 * MAX_TEXT_BYTES + 1), bytes),
    ],
  ])("%s: %i", async (_what, status, code, attempt) => {
    const id = await create();
    const before = (await owner.get(`/api/documents/${id}`)).body;
    const answer = await attempt(id);
    expect(answer).toMatchObject({
      status,
      body: { error: { code, message: expect.stringMatching(/\w+ .*[.:]|does not fit/) } },
    });
    expect((await owner.get(`/api/documents/${id}`)).body).toEqual(before);
    expect((await owner.get("/api/documents")).body).toHaveLength(1);
  });
});

describe("there is room for so much, and then a word of what to do", () => {
  test("for documents of a visitor, new ones and copies alike", async () => {
    const id = await create();
    const { ownerId, state } = await stand.db.document.findUniqueOrThrow({ where: { id } });
    const others = Array.from({ length: MAX_DOCUMENTS - 2 }, (_, i) => ({
      id: `d${i}`,
      ownerId,
      title: "",
      state,
    }));
    await stand.db.document.createMany({ data: others });
    const { token } = (await owner.post(`/api/documents/${id}/links`)).body;
    const asked = await Promise.all([
      owner.post("/api/documents", {}),
      owner.post(`/api/shared/${token}/fork`),
      owner.post("/api/documents", { lesson: "cache" }),
    ]);
    expect(asked.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const { error } = asked.find(({ status }) => status === 409)!.body;
    expect(error).toMatchObject({
      code: "too-many-documents",
      message: expect.stringContaining(`${MAX_DOCUMENTS}`),
    });
    expect(error.hint).toContain("Delete");
    expect((await other.post("/api/documents", {})).status).toBe(201);
    await owner.delete(`/api/documents/d1`);
    expect((await owner.post("/api/documents", {})).status).toBe(201);
  });

  test("for links to a document", async () => {
    const id = await create();
    const links = Array.from({ length: MAX_LINKS }, (_, i) => ({ token: `t${i}`, documentId: id }));
    await stand.db.shareLink.createMany({ data: links });
    const refused = await owner.post(`/api/documents/${id}/links`);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: "too-many-links" } } });
    await owner.delete(`/api/documents/${id}/links/t0`);
    expect((await owner.post(`/api/documents/${id}/links`)).status).toBe(201);
  });
});

test("anything else below /api is a problem, not a page", async () => {
  for (const method of ["GET", "POST", "PUT", "DELETE"]) {
    const answer = await owner.ask(method, "/api/none/such");
    expect(answer).toMatchObject({ status: 404, body: { error: { code: "unknown-address" } } });
  }
});

test("limits are said before anything is sent", async () => {
  expect(limitsSchema.parse((await owner.get("/api/limits")).body)).toEqual({
    contextBytes: 500_000_000,
    textBytes: MAX_TEXT_BYTES,
    sshAgent: false,
  });
});

test("a fault of ours says so without telling what", async () => {
  const id = await create();
  await stand.db.$executeRaw`DROP TABLE BuildChunk`;
  await stand.db.$executeRaw`DROP TABLE Build`;
  const answer = await owner.get(`/api/documents/${id}/builds`);
  expect(answer).toMatchObject({ status: 500, body: { error: { code: "internal" } } });
  expect(JSON.stringify(answer.body)).not.toMatch(/table|prisma|sqlite/i);
});

describe("earlier texts", () => {
  test("are kept as a document is edited and shared, for its owner alone", async () => {
    const id = await create({ text: "FROM a\n" });
    const path = `/api/documents/${id}/revisions`;
    expect((await owner.get(path)).body).toEqual([]);
    await owner.update(id, await prefix(id, "# one\n"));
    await owner.update(id, await prefix(id, "# two\n"));
    await owner.post(`/api/documents/${id}/links`, {});
    const listed = revisionListingSchema.array().parse((await owner.get(path)).body);
    expect(listed.map(({ cause }) => cause)).toEqual(["shared", "edited"]);
    const kept = await Promise.all(listed.map((each) => owner.get(`${path}/${each.id}`)));
    expect(kept.map(({ body }) => revisionSchema.parse(body).text)).toEqual([
      "# two\n# one\nFROM a\n",
      "FROM a\n",
    ]);
    expect((await other.get(path)).status).toBe(404);
    expect((await other.get(`${path}/${listed[0]?.id}`)).status).toBe(404);
    expect((await owner.get(`${path}/nothing`)).body.error.code).toBe("unknown-revision");
  });

  test("are not kept where only places or options change", async () => {
    const id = await create();
    const { state } = (await owner.get(`/api/documents/${id}`)).body;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Buffer.from(state, "base64"));
    documentParts(doc).settings.set("title", "Another");
    await owner.update(id, Y.encodeStateAsUpdate(doc));
    expect((await owner.get(`/api/documents/${id}/revisions`)).body).toEqual([]);
  });
});
