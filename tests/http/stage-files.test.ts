/** Files of a stage over HTTP: read once, looked at by its owner, gone with the build; what can go wrong, in words. */
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, it, test } from "vitest";
import { EngineApiError } from "@/lib/build/server/engine-api";
import { savedImage } from "../build-server/files/saved-image";
import { newFolder, openStand, type Stand } from "../build-server/stand";
import { Browser } from "./browser";

const IMAGE = savedImage({
  layers: [
    [
      { path: "bin/sh", content: Buffer.alloc(2_000) },
      { path: "bin/old", content: "old" },
    ],
    [{ path: "bin/.wh.old" }, { path: "app/main", content: "hello" }],
  ],
  history: [{ created_by: "ADD file" }, { created_by: "RUN make # buildkit" }],
});
const HISTORY = [
  { CreatedBy: "ADD file", Size: 2_003, Comment: "" },
  { CreatedBy: "RUN make # buildkit", Size: 5, Comment: "" },
];

let stand: Stand;
let owner: Browser;
let build: string;
/** How often the host was asked for the image. */
let asked = 0;
/** What it answers with. */
let send: (signal: AbortSignal) => Readable;

async function open(folder = newFolder()): Promise<void> {
  stand = await openStand({}, folder);
  const api = {
    image: async () => ({ Id: "sha256:1" }),
    history: async () => HISTORY,
    open: async (_path: string, signal: AbortSignal) => {
      asked++;
      return send(signal);
    },
  };
  Object.assign(stand.host.hosts, { connect: async () => ({ api }) });
}

beforeEach(async () => {
  asked = 0;
  send = () => Readable.from([IMAGE]);
  await open();
  owner = new Browser(stand.services);
  const { body } = await owner.post("/api/documents", { text: "FROM a\nRUN make\n" });
  build = (await owner.post(`/api/documents/${body.id}/builds`)).body.id;
  (await stand.host.run(0)).finish("succeeded");
  await owner.get(`/api/builds/${build}/events`);
});
afterEach(() => stand.close());

const files = () => `/api/builds/${build}/files/0`;

/** Has it read, and gives back the last that was told. */
async function read(by = owner) {
  const response = await by.send("POST", files());
  const lines = (await response.text()).trim().split("\n");
  return JSON.parse(lines.at(-1)!);
}

test("is read once, and looked at from then on, also by the next server", async () => {
  expect(await owner.get(files())).toMatchObject({
    status: 404,
    body: { error: { code: "files-not-read" } },
  });
  expect(await read()).toEqual({ type: "ready" });
  expect(await read()).toEqual({ type: "ready" });
  expect(asked).toBe(1);

  const folder = stand.folder;
  await stand.services.stageFiles.close();
  await stand.abandon();
  await open(folder);
  const again = new Browser(stand.services);
  for (const [name, value] of owner.cookies) again.cookies.set(name, value);
  owner = again;
  const { body } = await owner.get(files());
  expect(body).toMatchObject({
    base: 1,
    bytes: 2_005,
    files: 2,
    wasted: {
      bytes: 3,
      inBase: 0,
      paths: 1,
      top: [{ path: "bin/old", bytes: 3, written: [0], hidden: [1] }],
    },
  });
  expect(body.layers).toEqual([
    { instruction: null, text: "ADD file", size: 2_003, bytes: 2_003, added: 3, changed: 0, removed: 0 },
    { instruction: 1, text: "RUN make", size: 5, bytes: 5, added: 2, changed: 0, removed: 1 },
  ]);
  expect(asked).toBe(1);
});

it.each<[string, string[], number]>([
  ["", ["bin folder 2000 -", "app folder 5 added"], 2],
  ["?path=bin", ["bin/sh file 2000 -", "bin/old file 0 removed"], 2],
  ["?layer=1", ["app folder 5 added", "bin folder 0 -"], 2],
  ["?layer=1&path=bin", ["bin/old file 0 removed"], 1],
  ["?find=MAIN", ["app/main file 5 added"], 1],
  ["?path=bin&from=1", ["bin/old file 0 removed"], 2],
  ["?layer=1&find=sh", [], 0],
])("lists %s", async (query, expected, total) => {
  await read();
  const { body } = await owner.get(`${files()}/list${query}`);
  const told = body.entries.map(
    ({ path, kind, bytes, mark }: { path: string; kind: string; bytes: number; mark: string | null }) =>
      `${path} ${kind} ${bytes} ${mark ?? "-"}`,
  );
  expect([told, body.total]).toEqual([expected, total]);
});

it.each<[string, number, string]>([
  ["/list?layer=9", 404, "unknown-layer"],
  ["/list?path=no/such", 404, "unknown-folder"],
  ["/list?layer=x", 400, "bad-query"],
  [`/list?find=${"x".repeat(300)}`, 400, "bad-query"],
])("refuses %s", async (question, status, code) => {
  await read();
  expect(await owner.get(files() + question)).toMatchObject({ status, body: { error: { code } } });
});

test("a stage must be a number, and one of the build's", async () => {
  expect(await owner.get(`/api/builds/${build}/files/x`)).toMatchObject({ status: 400 });
  const response = await owner.send("POST", `/api/builds/${build}/files/7`);
  expect(JSON.parse((await response.text()).trim().split("\n").at(-1)!)).toMatchObject({
    code: "unknown-stage",
  });
});

test("is the owner's alone, with a link or without", async () => {
  await read();
  const stranger = new Browser(stand.services);
  for (const path of [files(), `${files()}/list`])
    expect(await stranger.get(path)).toMatchObject({ status: 404 });
  expect((await stranger.send("POST", files())).status).toBe(404);
});

test("goes with its build", async () => {
  await read();
  expect(await stand.db.stageFiles.count()).toBe(1);
  await stand.db.build.delete({ where: { id: build } });
  expect(await stand.db.stageFiles.count()).toBe(0);
  await expect(stand.services.stageFiles.overview(build, 0)).rejects.toMatchObject({
    code: "files-not-read",
  });
});

test("is not to be read while the build goes on", async () => {
  const document = (await owner.get(`/api/builds/${build}`)).body.documentId;
  build = (await owner.post(`/api/documents/${document}/builds`)).body.id;
  expect((await owner.send("POST", files())).status).toBe(409);
});

test("stops on the host when the browser leaves, and the next one gets all", async () => {
  const leaving = new AbortController();
  let stopped = false;
  send = (signal) => {
    const source = new Readable({ read() {} });
    source.push(IMAGE.subarray(0, 2_000));
    signal.addEventListener("abort", () => {
      stopped = true;
      source.destroy(new DOMException("left", "AbortError"));
    });
    return source;
  };
  const detail = await stand.services.builds.get(build);
  const events = await stand.services.stageFiles.read(detail, 0, leaving.signal);
  for (let event = await events.next(); ; event = await events.next()) {
    if (event.value?.type === "reading" && event.value.bytes > 0) break;
  }
  leaving.abort();
  const last = [];
  for await (const event of events) last.push(event);
  expect(last.at(-1)).toMatchObject({ type: "failed", code: "stopped" });
  expect(stopped).toBe(true);
  send = () => Readable.from([IMAGE]);
  expect(await read()).toEqual({ type: "ready" });
});

it.each<[string, () => Readable, string]>([
  ["cut off", () => Readable.from([IMAGE.subarray(0, 1_500)]), "broken-archive|strange-layer"],
  [
    "refused by the host",
    () => {
      throw new EngineApiError(500, "no space left on device");
    },
    "host-failed",
  ],
])("says what is wrong where the image is %s", async (_, answer, code) => {
  send = answer;
  expect(await read()).toMatchObject({
    type: "failed",
    code: expect.stringMatching(code),
    message: expect.any(String),
    hint: expect.any(String),
  });
  expect(await stand.db.stageFiles.count()).toBe(0);
});
