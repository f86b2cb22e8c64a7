import { afterEach, describe, expect, test } from "vitest";
import { BUILD_COOKIE, buildProof, mayBuild, PROXIED_HEADER } from "@/lib/http/build-right";
import { isOwnHost } from "@/lib/http/origin";
import { openStand, type Stand } from "../build-server/stand";
import { Browser, ORIGIN } from "./browser";

const KEY = "the-key-that-was-printed";
let stand: Stand;
afterEach(() => stand?.close());

describe("a change that another site asks for is refused", () => {
  test.each<[string, Record<string, string>, number]>([
    ["our own page", { origin: ORIGIN, "sec-fetch-site": "same-origin" }, 201],
    ["no page at all, as curl", { origin: "" }, 201],
    ["another site", { origin: "https://evil.example" }, 403],
    ["another port of this machine", { origin: "http://127.0.0.1:8080" }, 403],
    ["another name of this machine", { origin: "http://localhost:3000" }, 403],
    ["a page of no origin", { origin: "null" }, 403],
    ["a page that hides its origin", { origin: "", "sec-fetch-site": "cross-site" }, 403],
    ["a neighbouring site that hides it", { origin: "", "sec-fetch-site": "same-site" }, 403],
  ])("%s", async (_who, headers, status) => {
    stand = await openStand();
    const browser = new Browser(stand.services);
    const { origin, ...rest } = headers;
    const answer = await browser.ask("POST", "/api/documents", "{}", {
      "content-type": "application/json",
      ...rest,
      ...(origin === "" ? {} : { origin: origin ?? "" }),
      ...(origin === "" && { "x-without-origin": "1" }),
    });
    expect(answer.status).toBe(status);
    expect(await stand.db.document.count()).toBe(status === 201 ? 1 : 0);
  });

  test("while reading is free to all", async () => {
    stand = await openStand();
    const answer = await new Browser(stand.services).ask("GET", "/api/limits", null, {
      origin: "https://evil.example",
    });
    expect(answer.status).toBe(200);
  });
});

describe("the right to build", () => {
  const proof = `${BUILD_COOKIE}=${buildProof(KEY)}`;
  const open = { loopback: false, buildKey: KEY };
  const local = { loopback: true, buildKey: undefined };
  const proxied = { loopback: true, buildKey: KEY };
  test.each<[string, { loopback: boolean; buildKey: string | undefined }, Record<string, string>, boolean]>([
    ["on this machine, by its address", local, { host: "127.0.0.1:3000" }, true],
    ["on this machine, by its name", local, { host: "localhost:3000" }, true],
    ["on this machine, by IPv6", local, { host: "[::1]:3000" }, true],
    ["on this machine, by another name", local, { host: "evil.example" }, false],
    ["on this machine, by no name", local, {}, false],
    ["through a proxy on this machine", proxied, { host: "localhost", [PROXIED_HEADER]: "1" }, false],
    [
      "through a proxy, with the key",
      proxied,
      { host: "build.example", [PROXIED_HEADER]: "1", cookie: proof },
      true,
    ],
    ["from elsewhere", open, { host: "build.example" }, false],
    ["from elsewhere, calling itself localhost", open, { host: "localhost:3000" }, false],
    ["from elsewhere, with the key", open, { host: "build.example", cookie: proof }, true],
    [
      "from elsewhere, with the key among other cookies",
      open,
      { host: "h", cookie: `a=b; ${proof}; c=d` },
      true,
    ],
    [
      "from elsewhere, with another key",
      open,
      { host: "h", cookie: `${BUILD_COOKIE}=${buildProof("other")}` },
      false,
    ],
    ["from elsewhere, with the key itself", open, { host: "h", cookie: `${BUILD_COOKIE}=${KEY}` }, false],
  ])("%s", (_where, config, headers, granted) => {
    expect(mayBuild(config, new Headers(headers))).toBe(granted);
  });

  test("decides over building, and over nothing else", async () => {
    stand = await openStand({ HOST: "0.0.0.0", STAGECRAFT_BUILD_KEY: KEY });
    const browser = new Browser(stand.services, "http://build.example");
    const { body } = await browser.post("/api/documents", { text: "FROM a\n" });
    expect(body.rights).toEqual({ edit: true, build: false, share: true });
    const refused = await browser.post(`/api/documents/${body.id}/builds`);
    expect(refused).toMatchObject({
      status: 403,
      body: { error: { code: "no-build-right", hint: expect.stringContaining("?key=") } },
    });
    expect((await browser.post(`/api/documents/${body.id}/links`)).status).toBe(201);
    browser.cookies.set(BUILD_COOKIE, buildProof(KEY));
    expect((await browser.get(`/api/documents/${body.id}`)).body.rights.build).toBe(true);
    expect((await browser.post(`/api/documents/${body.id}/builds`)).status).toBe(201);
  });
});

test.each([
  ["127.0.0.1", true],
  ["127.9.8.7:80", true],
  ["localhost:3000", true],
  ["LOCALHOST", true],
  ["app.localhost:3000", true],
  ["[::1]:3000", true],
  ["stagecraft.example", true],
  ["stagecraft.example:8443", true],
  ["other.example", false],
  ["127.0.0.1.evil.example", false],
  ["localhost.evil.example", false],
  ["evil.example:127", false],
  ["0.0.0.0", false],
  ["192.168.0.7:3000", false],
  ["127.0.0.1@evil.example", false],
  ["evil.example/127.0.0.1", false],
  ["", false],
  [undefined, false],
])(
  "asked for as %s, a server on loopback that is known as stagecraft.example answers: %s",
  (host, answers) => {
    expect(isOwnHost(host, ["stagecraft.example"])).toBe(answers);
  },
);
