import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { openStand, type Stand } from "../build-server/stand";
import { Browser } from "./browser";

let stand: Stand;
afterEach(() => stand?.close());

describe("images of the build host", () => {
  test("come by tag, the newest first, without those of builds", async () => {
    stand = await openStand();
    stand.host.images = [
      { RepoTags: ["alpine:3.20", "alpine:latest"], Size: 7_800_000, Created: 100 },
      { RepoTags: ["golang:1.22"], Size: 850_000_000, Created: 200 },
      { RepoTags: ["stagecraft-build/doc:build-0"], Size: 1, Created: 300 },
      { RepoTags: ["<none>:<none>"], Size: 1, Created: 300 },
      { RepoTags: null, Size: 1, Created: 300 },
    ];
    const answer = await new Browser(stand.services).ask("GET", "/api/host/images");
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([
      { ref: "golang:1.22", bytes: 850_000_000, createdAt: 200_000 },
      { ref: "alpine:3.20", bytes: 7_800_000, createdAt: 100_000 },
      { ref: "alpine:latest", bytes: 7_800_000, createdAt: 100_000 },
    ]);
  });

  test("are bounded", async () => {
    stand = await openStand();
    stand.host.images = Array.from({ length: 900 }, (_, n) => ({
      RepoTags: [`i:${n}`],
      Size: 1,
      Created: n,
    }));
    const { body } = await new Browser(stand.services).ask("GET", "/api/host/images");
    expect(body).toHaveLength(500);
    expect(body[0].ref).toBe("i:899");
  });

  test("a host that is gone is said in words", async () => {
    stand = await openStand();
    stand.host.connectError = new Error("The Docker host at unix:///x cannot be reached.");
    const answer = await new Browser(stand.services).ask("GET", "/api/host/images");
    expect(answer.status).toBe(503);
    expect(answer.body.error.message).toContain("unix:///x");
  });
});

describe("tags of a registry", () => {
  test("come from a registry that the operator named", async () => {
    const registry = createServer((_, response) => response.end(JSON.stringify({ tags: ["1"] })));
    await new Promise<void>((done) => registry.listen(0, "127.0.0.1", done));
    const host = `127.0.0.1:${(registry.address() as AddressInfo).port}`;
    stand = await openStand({ STAGECRAFT_PRIVATE_REGISTRIES: host });
    const answer = await new Browser(stand.services).ask("GET", `/api/images/tags?image=${host}/app&wish=`);
    registry.close();
    expect(answer.body).toMatchObject({ registry: host, repository: "app", tags: [{ tag: "1" }] });
  });

  test.each<[string, string, number, string]>([
    ["a private address", "?image=10.0.0.1:5000/app", 403, "private-registry"],
    ["no image", "", 400, "bad-query"],
    ["what is none", "?image=UPPER", 400, "bad-image"],
    ["a wish without end", `?image=a&wish=${"x".repeat(200)}`, 400, "bad-query"],
  ])("refuses %s", async (_name, query, status, code) => {
    stand = await openStand();
    const answer = await new Browser(stand.services).ask("GET", `/api/images/tags${query}`);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

test.each(["/api/host/images", "/api/images/tags?image=alpine"])(
  "%s is for those who may build",
  async (path) => {
    stand = await openStand({ HOST: "0.0.0.0", STAGECRAFT_BUILD_KEY: "the-key-that-was-printed" });
    const answer = await new Browser(stand.services).ask("GET", path);
    expect([answer.status, answer.body.error.code]).toEqual([403, "no-build-right"]);
  },
);
