/** A Git server of one's own: real repositories, git's own http-backend, TLS by an authority made for it. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";

export interface GitServer {
  /** `localhost:PORT` */
  host: string;
  /** The authority's certificate. */
  authority: string;
  /** Commits files to a repository, made where it is not there; resolves to the commit's hash. */
  commit(repository: string, files: Record<string, string>, then?: (git: RunGit) => void): string;
  close(): Promise<void>;
}

export type RunGit = (...args: string[]) => string;
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

/** @param intercept answers a request itself where it returns true */
export async function startGitServer(folder: string, intercept: Intercept = () => false): Promise<GitServer> {
  const served = join(folder, "served");
  mkdirSync(served, { recursive: true });
  const { key, cert, authority } = certificate(folder);
  const server = createServer({ key, cert }, (request, response) => {
    if (!intercept(request, response)) backend(served, request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    authority,
    commit(repository, files, then = () => {}) {
      const work = join(folder, "work", repository);
      const git = runner(work);
      if (mkdirSync(work, { recursive: true })) git("init", "-q", "-b", "main");
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(work, path)), { recursive: true });
        writeFileSync(join(work, path), content, { mode: content.startsWith("#!") ? 0o755 : 0o644 });
      }
      git("add", "-A");
      then(git);
      git("commit", "-q", "--allow-empty", "-m", "files");
      const bare = join(served, repository);
      git("push", "-q", "--mirror", createBare(bare));
      return git("rev-parse", "HEAD");
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function createBare(bare: string): string {
  if (mkdirSync(bare, { recursive: true })) execFileSync("git", ["init", "-q", "--bare", "-b", "main", bare]);
  return bare;
}

function runner(cwd: string): RunGit {
  const env = {
    PATH: process.env.PATH,
    HOME: cwd,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@example.org",
    GIT_AUTHOR_DATE: "2024-01-02T03:04:05Z",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@example.org",
    GIT_COMMITTER_DATE: "2024-01-02T03:04:05Z",
  } as unknown as NodeJS.ProcessEnv;
  return (...args) => execFileSync("git", args, { cwd, env, encoding: "utf8" }).trim();
}

/** The Common Gateway Interface, as far as git needs it. */
function backend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "https://localhost");
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: String(request.headers["content-encoding"] ?? ""),
    } as unknown as NodeJS.ProcessEnv,
  });
  request.pipe(child.stdin);
  child.stdin.on("error", () => {});
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  child.on("close", () => {
    const all = Buffer.concat(parts);
    const end = all.indexOf("\r\n\r\n");
    const headers = all.subarray(0, end).toString().split("\r\n");
    const pairs = headers.map((line) => line.split(": ", 2) as [string, string]);
    const status = Number(pairs.find(([name]) => name === "Status")?.[1]?.slice(0, 3) ?? 200);
    response.writeHead(status, Object.fromEntries(pairs.filter(([name]) => name !== "Status")));
    response.end(all.subarray(end + 4));
  });
}

function certificate(folder: string) {
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "ignore" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...key, "-subj", "/CN=authority", "-keyout", at("ca.key"), "-out", at("ca.pem"));
  writeFileSync(at("extensions"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  openssl("req", ...key, "-subj", "/CN=localhost", "-keyout", at("key.pem"), "-out", at("request"));
  const signing = [
    "-CA",
    at("ca.pem"),
    "-CAkey",
    at("ca.key"),
    "-CAcreateserial",
    "-extfile",
    at("extensions"),
  ];
  openssl("x509", "-req", "-in", at("request"), ...signing, "-days", "2", "-out", at("cert.pem"));
  const read = (name: string) => readFileSync(at(name));
  return { key: read("key.pem"), cert: read("cert.pem"), authority: at("ca.pem") };
}
