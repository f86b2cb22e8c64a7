/** The hosts file: what it may say, and where it is wrong. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readDf } from "@/lib/build/server/hosts/disk";
import { changed, parseHosts, readHostsFile } from "@/lib/build/server/hosts/settings";
import type { HostChange, HostSetting } from "@/lib/share/hosts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stagecraft-settings-"));
  writeFileSync(join(folder, "key"), "KEY");
  mkdirSync(join(folder, "certificates"));
  writeFileSync(join(folder, "certificates/ca.pem"), "CA");
});
afterAll(() => rmSync(folder, { recursive: true }));

test("names hosts, with paths from its own folder", () => {
  const text = `
default: big
hosts:
  - name: big   # the one in the cellar
    address: ssh://me@big.example
    key: ./key
    builds: 4
  - { name: safe, address: "tcp://safe:2376", certificates: certificates }
  - { name: here, address: "unix:///run/docker.sock" }
`;
  expect(parseHosts(text, folder)).toEqual({
    problems: [],
    value: {
      default: "big",
      hosts: [
        { name: "big", address: "ssh://me@big.example", key: join(folder, "key"), builds: 4 },
        { name: "safe", address: "tcp://safe:2376", certificates: join(folder, "certificates") },
        { name: "here", address: "unix:///run/docker.sock" },
      ],
    },
  });
});

test("may be JSON", () => {
  const hosts = [{ name: "a", address: "tcp://a" }];
  expect(parseHosts(JSON.stringify({ hosts }), folder)).toEqual({ problems: [], value: { hosts } });
});

test.each<[title: string, text: string, problem: RegExp]>([
  ["no YAML", "hosts:\n  - name: [a\n", /^line \d: /],
  ["nothing at all", "", /^line 1: .*object/],
  ["a word that is not known", "hosts:\n  - name: a\n    adress: tcp://a\n", /^line 3: .*adress/],
  ["no address", "hosts:\n  - name: ok\n    address: tcp://a\n  - name: b\n", /^line 4: address: /],
  [
    "a name with a space",
    "hosts:\n  - address: tcp://a\n    name: my host\n",
    /^line 3: name: must be letters/,
  ],
  ["docker's own name", "hosts:\n  - name: docker\n    address: tcp://a\n", /^line 2: name: .*docker itself/],
  [
    "no address of a host",
    "hosts:\n  - name: a\n    address: build:2375\n",
    /^line 3: address: .*begins with unix/,
  ],
  [
    "a password",
    "hosts:\n  - name: a\n    address: ssh://me:pw@a\n",
    /^line 3: address: .*must not have a password/,
  ],
  ["a key for tcp", "hosts:\n  - name: a\n    address: tcp://a\n    key: key\n", /^line 4: key: .*ssh/],
  [
    "a key that is not there",
    "hosts:\n  - name: a\n    address: ssh://a\n    key: no\n",
    /^line 4: key: .*not on the server/,
  ],
  [
    "certificates for a socket",
    "hosts:\n  - name: a\n    certificates: certificates\n    address: unix:///a\n",
    /^line 3: certificates: .*tcp/,
  ],
  [
    "a folder without certificates",
    "hosts:\n  - name: a\n    address: tcp://a\n    certificates: .\n",
    /^line 4: certificates: .*ca\.pem/,
  ],
  ["no builds at all", "hosts:\n  - name: a\n    address: tcp://a\n    builds: 0\n", /^line 4: builds: /],
  [
    "a name twice",
    "hosts:\n  - name: a\n    address: tcp://a\n  - name: a\n    address: tcp://b\n",
    /^line 4: name: a is the host of line 2 already/,
  ],
  ["a default that is not there", "hosts: []\ndefault: b\n", /^line 2: default: there is no host b/],
])("says which line is wrong: %s", (_title, text, problem) => {
  const { problems } = parseHosts(text, folder);
  expect(problems).toContainEqual(expect.stringMatching(problem));
});

test("a file that cannot be used is named, with all that is wrong in it", () => {
  const file = join(folder, "hosts.yaml");
  expect(() => readHostsFile(file)).toThrow(`The hosts file ${file} cannot be read`);
  writeFileSync(
    file,
    "hosts:\n  - name: a\n    address: x\n    key: no\n  - name: a\n    address: tcp://b\n",
  );
  expect(() => readHostsFile(file)).toThrow(
    new RegExp(`^The hosts file ${file} cannot be used:\\n  line 3: address: .*\\n  line 5: name: `),
  );
});

test.each([
  [
    "Filesystem     1024-blocks     Used Available Capacity Mounted on\n/dev/vda         263173204 26214400  80740352      26% /\n",
    { free: 80_740_352 * 1024, total: 263_173_204 * 1024 },
  ],
  [
    "Filesystem 1024-blocks Used Available Capacity Mounted on\nrpool/my pool 100 40 60 40% /data\n",
    { free: 61_440, total: 102_400 },
  ],
  ["sh: df: not found\n", null],
])("reads what df says", (said, disk) => expect(readDf(said)).toEqual(disk));

const SSH = { name: "big", address: "ssh://me@big", key: "/k", builds: 4 };
const TLS = { name: "safe", address: "tcp://safe:2376", certificates: "/c" };
test.each<[name: string, before: HostSetting, change: HostChange, after: HostSetting]>([
  ["nothing", SSH, {}, SSH],
  ["its name", SSH, { name: "small" }, { ...SSH, name: "small" }],
  ["its address, of one kind", SSH, { address: "ssh://you@big" }, { ...SSH, address: "ssh://you@big" }],
  [
    "its address, of another kind",
    SSH,
    { address: "tcp://big:2376", certificates: "/c" },
    { name: "big", address: "tcp://big:2376", builds: 4, certificates: "/c" },
  ],
  ["its key", SSH, { key: "/other" }, { ...SSH, key: "/other" }],
  ["its key, taken away", SSH, { key: null }, { name: "big", address: "ssh://me@big", builds: 4 }],
  ["to a socket", TLS, { address: "unix:///s" }, { name: "safe", address: "unix:///s" }],
  ["its certificates, taken away", TLS, { certificates: null }, { name: "safe", address: "tcp://safe:2376" }],
  ["how many build there", TLS, { builds: 2 }, { ...TLS, builds: 2 }],
])("a change of a host: %s", (_name, before, change, after) => {
  expect(changed(before, change)).toEqual(after);
});
