/** Named contexts fetched over real TLS: a repository, and archives as a server of one's own answers. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readRemoteSource } from "@/lib/build/context/remote-source";
import { type GitServer, type Intercept, startGitServer } from "../git/server";
import { openStand, type Stand } from "../stand";
import { makeTar } from "../tar";

const LIMIT = 100_000;
const TAR = makeTar([{ header: { path: "deep/file" }, content: "from the archive" }]);
let folder: string;
let server: GitServer;
let intercept: Intercept;
let stand: Stand;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "stagecraft-remote-"));
  server = await startGitServer(folder, (request, response) => intercept(request, response));
  server.commit("app.git", { "sub/file": "from the repository" });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  intercept = () => false;
  process.env.GIT_SSL_CAINFO = server.authority;
  stand = await openStand({ STAGECRAFT_CONTEXT_LIMIT: String(LIMIT), STAGECRAFT_PRIVATE_GIT: server.host });
});
afterEach(async () => {
  delete process.env.GIT_SSL_CAINFO;
  await stand.close();
});

const sends =
  (status: number, body: Uint8Array | string = "", headers: Record<string, string> = {}): Intercept =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
    return true;
  };
/** First elsewhere, then it. */
const redirects =
  (to: string, then: Intercept): Intercept =>
  (request, response) =>
    request.url === "/here" ? sends(302, "", { location: to })(request, response) : then(request, response);

function fetch(address: string, signal = new AbortController().signal) {
  const source = readRemoteSource(address);
  if (typeof source === "string") throw new Error(source);
  return stand.contexts.remote.during(source, signal, async (files) => {
    const found = ["deep/file", "sub/file", "file"].map((path) => files.get(path)?.content).find(Boolean);
    return readFileSync(found ?? "", "utf8");
  });
}
const at = (path: string) => `https://${server.host}/${path}`;

describe("files are there", () => {
  test.each<[name: string, path: string, answer: Intercept, text: string]>([
    ["of a repository", "app.git", () => false, "from the repository"],
    ["of a folder of it", "app.git#main:sub", () => false, "from the repository"],
    ["of a tar", "app.tar", sends(200, TAR), "from the archive"],
    ["of a tar.gz", "app", sends(200, gzipSync(TAR)), "from the archive"],
    ["behind a redirect", "here", redirects("/there", sends(200, TAR)), "from the archive"],
  ])("%s, for as long as the build takes", async (_name, path, answer, text) => {
    intercept = answer;
    expect(await fetch(at(path))).toBe(text);
    expect(readdirSync(join(stand.folder, "incoming"))).toEqual([]);
  });
});

describe("nothing is fetched, and words say why, where", () => {
  test.each<[name: string, address: () => string, answer: Intercept, code: string]>([
    ["there is nothing", () => at("app.tar"), sends(404), "no-archive"],
    ["a login is wanted", () => at("app.tar"), sends(401), "no-archive"],
    ["it is no archive", () => at("page"), sends(200, "<p>hello</p>".repeat(100)), "bad-archive"],
    [
      "it is too large",
      () => at("app.tar"),
      sends(200, makeTar([{ header: { path: "large" }, content: "x".repeat(LIMIT + 1) }])),
      "context-too-large",
    ],
    [
      "it leads away from https",
      () => at("here"),
      redirects("http://localhost/x", sends(200, TAR)),
      "archive-redirect",
    ],
    ["it leads round and round", () => at("here"), redirects("/here", sends(200, TAR)), "archive-redirect"],
    ["the address is private", () => "https://127.0.0.1:1/app.tar", sends(200, TAR), "private-archive"],
    [
      "its name leads to a private one",
      () => "https://localhost:1/app.tar",
      sends(200, TAR),
      "private-archive",
    ],
    [
      "a redirect leads to a private one",
      () => at("here"),
      redirects("https://127.0.0.1:1/x", sends(200)),
      "private-archive",
    ],
    ["a repository is private", () => "https://127.0.0.1:1/app.git", sends(200, TAR), "private-repository"],
  ])("%s", async (_name, address, answer, code) => {
    intercept = answer;
    await expect(fetch(address())).rejects.toMatchObject({ name: "Refusal", code });
    expect(readdirSync(join(stand.folder, "incoming"))).toEqual([]);
  });

  test("its certificate cannot be checked", async () => {
    delete process.env.GIT_SSL_CAINFO;
    intercept = sends(200, TAR);
    await expect(fetch(at("app.tar"))).rejects.toMatchObject({ code: "archive-unreachable" });
  });

  test("the build was stopped", async () => {
    const stopping = new AbortController();
    intercept = () => {
      stopping.abort();
      return true;
    };
    await expect(fetch(at("app.tar"), stopping.signal)).rejects.toMatchObject({ name: "AbortError" });
  });
});
