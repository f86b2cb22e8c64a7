import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { dockerCredentials, type Login } from "@/lib/build/server/credentials";

const folders: string[] = [];
const searched = process.env.PATH;
afterEach(() => {
  process.env.PATH = searched;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function settings(content: object | string): string {
  const folder = mkdtempSync(join(tmpdir(), "stagecraft-docker-"));
  folders.push(folder);
  writeFileSync(join(folder, "config.json"), typeof content === "string" ? content : JSON.stringify(content));
  return folder;
}

const auth = (text: string) => ({ auth: Buffer.from(text).toString("base64") });
const me: Login = { username: "me", password: "a:b" };

test.each<[name: string, content: object | string, registry: string, login: Login | null]>([
  ["a registry", { auths: { "ghcr.io": auth("me:a:b") } }, "ghcr.io", me],
  ["its port counts", { auths: { "localhost:5000": auth("me:a:b") } }, "localhost:5001", null],
  ["as an address", { auths: { "https://ghcr.io/v1/": auth("me:a:b") } }, "ghcr.io", me],
  ["another one", { auths: { "ghcr.io": auth("me:a:b") } }, "quay.io", null],
  ["a name that only begins so", { auths: { "ghcr.io.evil": auth("me:a:b") } }, "ghcr.io", null],
  ["Docker Hub", { auths: { "https://index.docker.io/v1/": auth("me:a:b") } }, "registry-1.docker.io", me],
  [
    "Docker Hub in images' names",
    { auths: { "https://index.docker.io/v1/": auth("me:a:b") } },
    "docker.io",
    me,
  ],
  [
    "a token",
    { auths: { "ghcr.io": { ...auth("me:"), identitytoken: "t" } } },
    "ghcr.io",
    { identityToken: "t" },
  ],
  ["an empty entry", { auths: { "ghcr.io": {} } }, "ghcr.io", null],
  ["broken settings", "{", "ghcr.io", null],
  ["settings of another shape", { auths: [1] }, "ghcr.io", null],
  ["a helper's name that is a path", { credsStore: "../../bin/sh" }, "ghcr.io", null],
])("%s", async (_, content, registry, login) => {
  expect(await dockerCredentials(settings(content)).of(registry)).toEqual(login);
});

test("without settings nobody is logged in", async () => {
  expect(await dockerCredentials("/nowhere/at/all").of("ghcr.io")).toBeNull();
});

test("a helper is asked for the registry, and what it does not know is looked for in the settings", async () => {
  const folder = settings({
    credHelpers: { "ghcr.io": "stagecrafttest", "quay.io": "stagecrafttest" },
    auths: { "quay.io": auth("me:a:b") },
  });
  const helper = join(folder, "docker-credential-stagecrafttest");
  writeFileSync(
    helper,
    '#!/bin/sh\nread key\n[ "$1 $key" = "get ghcr.io" ] || exit 1\necho \'{"ServerURL":"ghcr.io","Username":"<token>","Secret":"t"}\'\n',
  );
  chmodSync(helper, 0o755);
  process.env.PATH = `${folder}:${searched}`;
  expect(await dockerCredentials(folder).of("ghcr.io")).toEqual({ identityToken: "t" });
  expect(await dockerCredentials(folder).of("quay.io")).toEqual(me);
});
