/** Build hosts as the page manages them: who may, what is kept, and that nothing secret comes back. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHosts, type Hosts } from "@/lib/build/server/hosts";
import { PROXIED_HEADER } from "@/lib/http/build-right";
import { hostListSchema } from "@/lib/share/hosts";
import { openStand, type Stand } from "../build-server/stand";
import { Browser } from "./browser";

let stand: Stand;
let hosts: Hosts;
let owner: Browser;
let kept: string;
const opened: Hosts[] = [];

beforeEach(async () => {
  stand = await openStand();
  kept = join(stand.folder, "hosts.json");
  hosts = open();
  owner = new Browser({ ...stand.services, hosts });
});
afterEach(async () => {
  for (const each of opened.splice(0)) each.close();
  await stand.close();
});

/** Docker's own is not there; `file` is what the operator set up. */
function open(file = { hosts: [{ name: "big", address: "unix:///nowhere/big.sock" }] }): Hosts {
  const made = createHosts({ home: stand.folder, dockerHost: "unix:///nowhere/docker.sock" }, { file, kept });
  opened.push(made);
  return made;
}

const names = async (of: Hosts) => (await of.list()).hosts.map(({ id }) => id);

test("a host is added, made the default, kept over a restart, and removed", async () => {
  expect(await names(hosts)).toEqual(["docker", "big"]);
  const added = await owner.post("/api/hosts", { name: "far", address: "unix:///nowhere/far.sock" });
  expect(added).toMatchObject({
    status: 201,
    body: {
      state: "unreachable",
      id: "far",
      source: "page",
      seen: false,
      reason: expect.stringMatching(/no such socket/),
    },
  });
  expect((await owner.post("/api/hosts/far/default")).status).toBe(204);
  const list = hostListSchema.parse((await owner.get("/api/hosts")).body);
  expect(list).toMatchObject({ default: "far", mayManage: true });
  expect(list.hosts.map(({ id, source, running }) => [id, source, running])).toEqual([
    ["docker", "docker", 0],
    ["big", "file", 0],
    ["far", "page", 0],
  ]);
  expect((await open().list()).default).toBe("far");
  expect((await owner.delete("/api/hosts/far")).status).toBe(204);
  expect(await names(open())).toEqual(["docker", "big"]);
  expect((await open().list()).default).toBe("big");
});

test.each<[string, object, number, string]>([
  ["a name that is taken", { name: "big", address: "tcp://a" }, 409, "host-exists"],
  ["docker's own name", { name: "docker", address: "tcp://a" }, 400, "bad-body"],
  ["no address of a host", { name: "a", address: "nonsense" }, 400, "bad-host"],
  ["a key that is not there", { name: "a", address: "ssh://a", key: "/secret/place/key" }, 400, "bad-host"],
  ["something nobody knows", { name: "a", address: "tcp://a", password: "x" }, 400, "bad-body"],
])("%s is refused, and nothing is kept", async (_title, setting, status, code) => {
  const answer = await owner.post("/api/hosts", setting);
  expect(answer).toMatchObject({ status, body: { error: { code } } });
  expect(JSON.stringify(answer.body)).not.toContain("/secret/place");
  expect(existsSync(kept)).toBe(false);
});

test("what the operator set up stays", async () => {
  expect(await owner.delete("/api/hosts/big")).toMatchObject({
    status: 409,
    body: { error: { code: "host-of-operator" } },
  });
  expect(await owner.delete("/api/hosts/gone")).toMatchObject({ status: 404 });
  expect(await names(hosts)).toEqual(["docker", "big"]);
});

const CHANGED = { name: "near", address: "unix:///nowhere/near.sock", builds: 3 };

test("a host is changed: its id stays, what is left out stays, and it is kept", async () => {
  await owner.post("/api/hosts", { name: "far", address: "unix:///nowhere/far.sock", builds: 2 });
  await owner.post("/api/hosts/far/default");
  const renamed = await owner.put("/api/hosts/far", { name: "near" });
  expect(renamed).toMatchObject({
    status: 200,
    body: { id: "far", name: "near", address: "unix:///nowhere/far.sock" },
  });
  expect(hosts.bound("far")).toBe(2);
  const moved = await owner.put("/api/hosts/far", { address: "unix:///nowhere/near.sock", builds: null });
  expect(moved.body).toMatchObject({ id: "far", name: "near", address: "unix:///nowhere/near.sock" });
  expect(hosts.bound("far")).toBeUndefined();
  const again = await open().list();
  expect(again).toMatchObject({ default: "far" });
  expect(again.hosts.at(-1)).toMatchObject({ id: "far", name: "near", address: "unix:///nowhere/near.sock" });
  // The id stays its own.
  expect((await owner.post("/api/hosts", { name: "far", address: "tcp://a" })).status).toBe(409);
  expect((await owner.post("/api/hosts", { name: "near", address: "tcp://a" })).status).toBe(409);
  expect((await owner.put("/api/hosts/far", { name: "far" })).body).toMatchObject({ id: "far", name: "far" });
  expect((await owner.delete("/api/hosts/far")).status).toBe(204);
  expect(await names(open())).toEqual(["docker", "big"]);
});

test.each<[string, string, object, number, string]>([
  ["a name that is taken", "far", { ...CHANGED, name: "big" }, 409, "host-exists"],
  ["docker's own name", "far", { name: "docker" }, 400, "bad-body"],
  ["no address of a host", "far", { ...CHANGED, address: "nonsense" }, 400, "bad-host"],
  ["a key that is not there", "far", { address: "ssh://a", key: "/secret/place/key" }, 400, "bad-host"],
  ["an id", "far", { id: "big" }, 400, "bad-body"],
  ["a host of the operator", "big", CHANGED, 409, "host-of-operator"],
  ["a host that is not there", "gone", CHANGED, 404, "unknown-host"],
])("a change to %s is refused, and the host stays", async (_title, id, change, status, code) => {
  await owner.post("/api/hosts", { name: "far", address: "unix:///nowhere/far.sock" });
  const before = readFileSync(kept, "utf8");
  const answer = await owner.put(`/api/hosts/${id}`, change);
  expect(answer).toMatchObject({ status, body: { error: { code } } });
  expect(JSON.stringify(answer.body)).not.toContain("/secret/place");
  expect(readFileSync(kept, "utf8")).toBe(before);
});

test("a host is neither changed nor removed while builds run there, or wait for it", async () => {
  let load = { running: 1, waiting: 0 };
  const busy = new Browser({ ...stand.services, hosts, builds: { ...stand.builds, load: () => load } });
  await busy.post("/api/hosts", { name: "far", address: "unix:///nowhere/far.sock" });
  const refused = { status: 409, body: { error: { code: "host-in-use" } } };
  expect(await busy.put("/api/hosts/far", CHANGED)).toMatchObject(refused);
  expect(await busy.delete("/api/hosts/far")).toMatchObject(refused);
  load = { running: 0, waiting: 1 };
  expect(await busy.delete("/api/hosts/far")).toMatchObject(refused);
  load = { running: 0, waiting: 0 };
  expect((await busy.delete("/api/hosts/far")).status).toBe(204);
});

test("a connection is tried without keeping it, and the answer is in plain words", async () => {
  const tried = await owner.post("/api/host/test", { name: "a", address: "tcp://127.0.0.1:1" });
  expect(tried).toMatchObject({
    status: 200,
    body: { state: "unreachable", reason: expect.stringMatching(/^Nothing answers there/) },
  });
  expect(await names(hosts)).toEqual(["docker", "big"]);
  expect((await owner.get("/api/host?id=nobody")).body).toMatchObject({
    state: "none",
    reason: expect.stringContaining("nobody"),
  });
});

test("no key, no user and no path of either ever comes back", async () => {
  const key = join(stand.folder, "id_secret");
  writeFileSync(key, "-----BEGIN OPENSSH PRIVATE KEY-----\nTOPSECRET\n");
  const silent = net.createServer((socket) => socket.end("SSH-2.0-nothing\r\n"));
  await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
  const { port } = silent.address() as net.AddressInfo;
  const setting = { name: "far", address: `ssh://someone@127.0.0.1:${port}`, key };
  const answers = [
    await owner.post("/api/host/test", setting),
    await owner.post("/api/hosts", setting),
    await owner.get("/api/hosts"),
    await owner.get("/api/host?id=far"),
  ];
  silent.close();
  expect(answers.map(({ status }) => status)).toEqual([200, 201, 200, 200]);
  for (const { body } of answers) {
    for (const secret of ["TOPSECRET", "id_secret", "someone"])
      expect(JSON.stringify(body)).not.toContain(secret);
  }
  expect(readFileSync(kept, "utf8")).toContain("id_secret");
});

test.each<[string, Record<string, string>, Record<string, string>, boolean]>([
  ["the machine's owner", {}, {}, true],
  ["whoever comes through a proxy", {}, { [PROXIED_HEADER]: "1" }, false],
  ["the owner, where it is switched off", { STAGECRAFT_MANAGE_HOSTS: "off" }, {}, false],
  ["whoever comes from elsewhere", { HOST: "0.0.0.0", STAGECRAFT_MANAGE_HOSTS: "on" }, {}, false],
])("may change hosts? %s", async (_who, environment, headers, may) => {
  const other = await openStand(environment);
  try {
    const browser = new Browser({ ...other.services, hosts }, undefined, headers);
    expect((await browser.get("/api/hosts")).body.mayManage).toBe(may);
    const setting = { name: "a", address: "unix:///nowhere/a.sock" };
    expect((await browser.post("/api/host/test", setting)).status).toBe(may ? 200 : 403);
    expect((await browser.post("/api/hosts", setting)).status).toBe(may ? 201 : 403);
    expect((await browser.put("/api/hosts/a", { builds: 1 })).status).toBe(may ? 200 : 403);
    expect((await browser.post("/api/hosts/big/default")).status).toBe(may ? 204 : 403);
    expect((await browser.delete("/api/hosts/a")).status).toBe(may ? 204 : 403);
  } finally {
    await other.close();
  }
});
