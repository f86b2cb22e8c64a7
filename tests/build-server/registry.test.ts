/** A registry over real HTTP, speaking the distribution API as far as tags and manifests go. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createRegistries } from "../../lib/build/server/registry";
import { isPrivateAddress } from "../../lib/build/server/registry/address";
import { pickTags } from "../../lib/build/server/registry/tags";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const MANIFEST = { config: { size: 100 }, layers: [{ size: 1000 }, { size: 234 }] };
const INDEX = {
  manifests: [
    { digest: digest("a"), platform: { os: "linux", architecture: "arm64" } },
    { digest: digest("b"), platform: { os: "linux", architecture: "amd64" } },
  ],
};

let open: Server[] = [];
afterEach(async () => {
  for (const server of open) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  open = [];
});

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

async function registry(answer: Answer): Promise<{ host: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response, new URL(request.url ?? "/", "http://here"));
  });
  open.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const say = (response: ServerResponse, body: unknown, headers: Record<string, string> = {}) => {
  response.writeHead(200, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
};

const distribution: Answer = (_request, response, { pathname, searchParams }) => {
  if (pathname === "/v2/team/app/tags/list") {
    return searchParams.has("last")
      ? say(response, { name: "team/app", tags: ["2.0", "latest"] })
      : say(
          response,
          { tags: ["1.9", "1.10", "bad tag"] },
          { link: '</v2/team/app/tags/list?last=1.10>; rel="next"' },
        );
  }
  if (pathname === "/v2/team/app/manifests/2.0") return say(response, INDEX);
  if (pathname === `/v2/team/app/manifests/${digest("b")}`) return say(response, MANIFEST);
  if (pathname === "/v2/team/app/manifests/1.10") return say(response, MANIFEST);
  response.writeHead(404).end();
};

function registries(host: string, now: () => number = () => 0) {
  return createRegistries({ privateRegistries: [host], now });
}

describe("tags of a registry", () => {
  it("come from every page, with the size for the platform, and what can't be had is left out", async () => {
    const { host } = await registry(distribution);
    const list = await registries(host).tags(`${host}/team/app:1.9`, "", "linux/amd64");
    expect(list).toEqual({
      registry: host,
      repository: "team/app",
      total: 4,
      tags: [
        { tag: "latest", bytes: null },
        { tag: "2.0", bytes: 1334 },
        { tag: "1.10", bytes: 1334 },
        { tag: "1.9", bytes: null },
      ],
    });
  });

  it("are those that fit what is typed, and are asked for once in a while only", async () => {
    const { host, asked } = await registry(distribution);
    let now = 0;
    const made = registries(host, () => now);
    const ask = async () =>
      (await made.tags(`${host}/team/app`, "1.", "linux/amd64")).tags.map(({ tag }) => tag);
    expect(await ask()).toEqual(["1.10", "1.9"]);
    const before = asked.length;
    await ask();
    expect(asked.filter((path) => path.includes("tags/list"))).toHaveLength(2);
    expect(asked.length).toBe(before);
    now = 6 * 60_000;
    await ask();
    expect(asked.filter((path) => path.includes("tags/list"))).toHaveLength(4);
  });

  it("are asked for with a token where the registry wants one", async () => {
    const { host } = await registry((request, response, url) => {
      if (url.pathname === "/token") {
        expect(url.searchParams.get("scope")).toBe("repository:team/app:pull");
        return say(response, { token: "open-sesame" });
      }
      if (request.headers.authorization === "Bearer open-sesame") return distribution(request, response, url);
      const challenge = `Bearer realm="http://${host}/token",service="reg",scope="repository:team/app:pull"`;
      response.writeHead(401, { "www-authenticate": challenge }).end();
    });
    const { total } = await registries(host).tags(`${host}/team/app`, "", "linux/amd64");
    expect(total).toBe(4);
  });

  it("of Docker Hub have their sizes from one request, not from a pull each", async () => {
    const { host, asked } = await registry((_request, response, { pathname }) => {
      if (pathname === "/v2/library/golang/tags/list") return say(response, { tags: ["1.22", "1.23"] });
      const images = [
        { os: "linux", architecture: "arm64", size: 7 },
        { os: "linux", architecture: "amd64", size: 313_000_000 },
      ];
      if (pathname === "/v2/repositories/library/golang/tags")
        return say(response, { results: [{ name: "1.23", images }] });
      response.writeHead(500).end();
    });
    const made = createRegistries({
      privateRegistries: [host],
      now: () => 0,
      dockerHub: { registry: host, api: `http://${host}` },
    });
    const { tags, registry: name } = await made.tags("golang", "1.2", "linux/amd64");
    expect(name).toBe("docker.io");
    expect(tags).toEqual([
      { tag: "1.23", bytes: 313_000_000 },
      { tag: "1.22", bytes: null },
    ]);
    expect(asked.filter((path) => path.includes("manifests"))).toEqual([]);
  });

  const failures: [name: string, answer: Answer, code: string, words: RegExp][] = [
    [
      "an image that is not there",
      (_, r) => r.writeHead(404).end(),
      "no-repository",
      /has no image team\/app/,
    ],
    [
      "a registry that wants a login",
      (_, r) => r.writeHead(401).end(),
      "registry-login",
      /only to who is logged in/,
    ],
    ["an answer that is no list", (_, r) => say(r, "<html>"), "registry-answer", /is no registry/],
    ["a list of another shape", (_, r) => say(r, { tags: 1 }), "registry-answer", /is no registry/],
    [
      "an answer without an end",
      (_, r) => say(r, `"${"x".repeat(5_000_000)}"`),
      "registry-answer",
      /more than can be a list/,
    ],
    ["a registry that fails", (_, r) => r.writeHead(503).end(), "registry-answer", /status 503/],
    ["one that hangs up", (_, r) => r.destroy(), "registry-unreachable", /closed the connection/],
  ];
  it.each(failures)("%s is said in words", async (_name, answer, code, words) => {
    const { host } = await registry(answer);
    const asked = registries(host).tags(`${host}/team/app`, "", "linux/amd64");
    await expect(asked).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
  });

  it("a registry with a private address is not asked unless whoever runs the server says so", async () => {
    const { host, asked } = await registry(distribution);
    const made = createRegistries({ privateRegistries: ["other:5000"], now: () => 0 });
    const port = host.split(":")[1];
    for (const name of [host, `localhost:${port}`]) {
      await expect(made.tags(`${name}/team/app`, "", "linux/amd64")).rejects.toMatchObject({
        code: "private-registry",
        hint: expect.stringContaining(`STAGECRAFT_PRIVATE_REGISTRIES=${name}`),
      });
    }
    expect(asked).toEqual([]);
  });

  it("what is no image reference is refused before anybody is asked", async () => {
    const made = createRegistries({ privateRegistries: [], now: () => 0 });
    for (const image of ["UPPER", "a b", "http://x/y", "../../x"]) {
      await expect(made.tags(image, "", "linux/amd64")).rejects.toMatchObject({ code: "bad-image" });
    }
  });
});

describe("addresses", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "192.168.0.1",
    "172.16.0.1",
    "::1",
    "fd00::1",
    "fe80::1",
    "::ffff:10.0.0.1",
    "0.0.0.0",
    "100.64.0.1",
    "224.0.0.1",
    "nonsense",
  ])("%s is private", (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(["1.1.1.1", "140.82.121.4", "2606:4700::1111"])("%s is public", (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
});

describe("which tags come first", () => {
  const all = ["1.9", "1.10", "1.10-alpine", "latest", "20240101", "nightly", "alpine", "1.10.1"];
  it.each([
    ["", ["latest", "1.10.1", "1.10-alpine", "1.10", "1.9"]],
    ["1.10", ["1.10", "1.10.1", "1.10-alpine"]],
    ["alpine", ["alpine", "1.10-alpine"]],
  ])("of what holds %j", (wish, first) => {
    expect(pickTags(all, wish, first.length)).toEqual(first);
  });
});
