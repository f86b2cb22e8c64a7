/** Repositories fetched over real TLS, from git's own server. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Browser } from "../../http/browser";
import { openStand, type Stand } from "../stand";
import { type GitServer, type Intercept, startGitServer } from "./server";

const LIMIT = 1_000_000;
const FILES = {
  Dockerfile: "FROM busybox\nCOPY . .\n",
  "main.go": "package main\n",
  "services/api/run.sh": "#!/bin/sh\n",
  ".gitattributes": "main.go export-ignore\n",
};
let folder: string;
let server: GitServer;
let intercept: Intercept = () => false;
let first: string;
let stand: Stand;
let owner: Browser;
let id: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "stagecraft-git-"));
  server = await startGitServer(folder, (request, response) => intercept(request, response));
  process.env.GIT_SSL_CAINFO = server.authority;
  first = server.commit("app.git", FILES, (git) => {
    symlinkSync("services/api/run.sh", join(folder, "work/app.git/alias"));
    git("add", "alias");
    git("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},vendor/module`);
  });
  server.commit("app.git", { "main.go": "package second\n" }, (git) => {
    git("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},vendor/module`);
    git("tag", "-a", "v1", "-m", "first", first);
  });
  server.commit("large.git", { noise: crypto.getRandomValues(new Uint8Array(60_000)).join().repeat(9) });
  server.commit("evil.git", {}, (git) => {
    symlinkSync("../../../etc/passwd", join(folder, "work/evil.git/out"));
    git("add", "out");
  });
});
afterAll(async () => {
  delete process.env.GIT_SSL_CAINFO;
  await server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  intercept = () => false;
  stand = await openStand({ STAGECRAFT_CONTEXT_LIMIT: String(LIMIT), STAGECRAFT_PRIVATE_GIT: server.host });
  owner = new Browser(stand.services);
  id = (await owner.post("/api/documents", { text: "FROM a\n" })).body.id;
});
afterEach(() => stand.close());

const at = (repository: string) => `https://${server.host}/${repository}`;
const attach = (url: string, ref?: string, folder?: string) =>
  owner.post(`/api/documents/${id}/context`, { git: { url, ref, folder } });
const paths = async () =>
  (await owner.get(`/api/documents/${id}/context`)).body.entries.map(({ path }: { path: string }) => path);
const ALL = [
  ".gitattributes",
  "Dockerfile",
  "alias",
  "main.go",
  "services",
  "services/api",
  "services/api/run.sh",
  "vendor",
  "vendor/module",
];

describe("a repository becomes the build context", () => {
  test.each<[string, string, string | undefined, string | undefined, string, string[], string]>([
    ["as it stands", "app.git", undefined, undefined, "", ALL, "package second\n"],
    ["at a branch", "app.git", "main", undefined, "#main", ALL, "package second\n"],
    ["at a tag", "app.git", "v1", undefined, "#v1", ALL, "package main\n"],
    [
      "by its address alone",
      "app.git#v1:services",
      undefined,
      undefined,
      "#v1:services",
      ["api", "api/run.sh"],
      "",
    ],
    ["a folder of it", "app.git", "", "/services/api/", "#:services/api", ["run.sh"], ""],
  ])("%s", async (_what, repository, ref, inside, name, expected, main) => {
    const { status, body } = await attach(at(repository), ref, inside);
    expect([status, body.name]).toEqual([200, `${server.host}/app${name}`]);
    expect(await paths()).toEqual(expected);
    await owner.post(`/api/documents/${id}/builds`);
    const { request } = await stand.host.run(0);
    const files = request.context!;
    const run = expected.find((path) => path.endsWith("run.sh"))!;
    expect(files.get(run)).toMatchObject({ mode: 0o755, modified: Date.UTC(2024, 0, 2, 3, 4, 5) });
    if (main === "") return;
    expect(body.submodules).toBe(1);
    expect(files.get("main.go")).toMatchObject({ mode: 0o644, bytes: main.length });
    expect(files.get("alias")).toMatchObject({ kind: "link", link: "services/api/run.sh" });
  });

  test("at a commit by its hash", async () => {
    expect((await attach(at("app.git"), first)).status).toBe(200);
    const again = await attach(at("app.git"), "main");
    expect(again.body.id).not.toBe((await attach(at("app.git"), "v1")).body.id);
  });
});

const answer =
  (status: number, headers: Record<string, string> = {}, body = ""): Intercept =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
    return true;
  };

describe("a repository is refused, and what was attached stays, where", () => {
  test.each<[string, () => Promise<{ status: number; body: { error: { code: string } } }>, number, string]>([
    ["there is no such ref", () => attach(at("app.git"), "nope"), 404, "no-ref"],
    ["there is no such commit", () => attach(at("app.git"), "2".repeat(40)), 404, "no-ref"],
    ["there is no such folder", () => attach(at("app.git"), "main", "servces"), 404, "no-folder"],
    ["the folder is a file", () => attach(at("app.git"), "main", "main.go"), 404, "no-folder"],
    ["there is none", () => attach(at("nothing.git")), 404, "no-repository"],
    ["it is too large", () => attach(at("large.git")), 413, "context-too-large"],
    ["it has a link that leads out", () => attach(at("evil.git")), 422, "unsafe-archive"],
    ["it is not https", () => attach(at("app.git").replace("https", "http")), 400, "bad-git-source"],
    ["it is ssh", () => attach("git@localhost:app.git"), 400, "bad-git-source"],
    ["it is a file", () => attach("file:///etc"), 400, "bad-git-source"],
    ["the address has a login", () => attach("https://me:secret@localhost/app.git"), 400, "bad-git-source"],
    [
      "the ref is an option",
      () => attach(at("app.git"), "--upload-pack=touch /tmp/x"),
      400,
      "bad-git-source",
    ],
    ["the folder leads out", () => attach(at("app.git"), "main", "../x"), 400, "bad-git-source"],
    ["its address is private", () => attach("https://127.0.0.1:1/app.git"), 403, "private-repository"],
    [
      "its name leads to a private address",
      () => attach("https://localhost:1/app.git"),
      403,
      "private-repository",
    ],
  ])("%s", async (_what, ask, status, code) => {
    const before = await owner.post(`/api/documents/${id}/context`, { template: "go" });
    const refused = await ask();
    expect(refused).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } });
    expect((await owner.get(`/api/documents/${id}`)).body.context.id).toBe(before.body.id);
  });

  test.each<[string, Intercept, number, string]>([
    ["it needs a login", answer(401, { "www-authenticate": "Basic" }), 403, "git-login"],
    ["the server sends elsewhere", answer(302, { location: "https://127.0.0.1:1/x" }), 400, "git-redirect"],
    ["what answers is no Git", answer(200, { "content-type": "text/html" }, "<p>hello"), 404, "no-ref"],
    ["the server fails", answer(500), 503, "git-unreachable"],
  ])("%s", async (_what, intercepted, status, code) => {
    intercept = intercepted;
    expect(await attach(at("app.git"))).toMatchObject({ status, body: { error: { code } } });
  });

  test("its certificate cannot be checked", async () => {
    delete process.env.GIT_SSL_CAINFO;
    const refused = await attach(at("app.git"));
    process.env.GIT_SSL_CAINFO = server.authority;
    expect(refused).toMatchObject({ status: 503, body: { error: { code: "git-certificate" } } });
  });

  test.each([
    ["2.30.2", 503],
    ["2.36.9", 503],
    ["2.37.0", 200],
    ["3.0.0", 200],
  ])(
    "git is %s: %i, as before 2.37 it would not stay at the address that was checked",
    async (version, status) => {
      const { PATH } = process.env;
      const bin = mkdtempSync(join(tmpdir(), "stagecraft-bin-"));
      const script = `#!/bin/sh\n[ "$1" = version ] && echo "git version ${version}" && exit\nPATH='${PATH}' exec git "$@"\n`;
      writeFileSync(join(bin, "git"), script, { mode: 0o755 });
      process.env.PATH = `${bin}:${PATH}`;
      const answer = await attach(at("app.git"));
      process.env.PATH = PATH;
      rmSync(bin, { recursive: true });
      expect(answer.status).toBe(status);
      if (status !== 200)
        expect(answer.body.error).toMatchObject({ code: "old-git", hint: expect.stringContaining("2.37") });
    },
  );

  test("the visitor may not build", async () => {
    const far = new Browser(stand.services, "https://far.example");
    const theirs = (await far.post("/api/documents", { text: "FROM a\n" })).body.id;
    const git = { url: at("app.git") };
    expect((await far.post(`/api/documents/${theirs}/context`, { git })).status).toBe(403);
  });

  test("the visitor has gone, which stops git", async () => {
    const leaving = new AbortController();
    const asked = new Promise<void>((resolve) => {
      intercept = () => {
        resolve();
        return true;
      };
    });
    const sending = owner
      .send(
        "POST",
        `/api/documents/${id}/context`,
        JSON.stringify({ git: { url: at("app.git") } }),
        { "content-type": "application/json" },
        leaving.signal,
      )
      .catch(() => null);
    await asked;
    leaving.abort();
    await sending;
    expect((await owner.get(`/api/documents/${id}`)).body.context).toBeNull();
  });
});
