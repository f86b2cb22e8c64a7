/** What a person's ssh files say of a host, and which of its keys are known. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseAddress } from "@/lib/build/server/hosts/address";
import { judgeHostKey } from "@/lib/build/server/hosts/ssh/known-hosts";
import { sshSettings } from "@/lib/build/server/hosts/ssh/settings";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "stagecraft-ssh-"));
  mkdirSync(join(home, ".ssh"));
});
afterEach(() => rmSync(home, { recursive: true }));

const CONFIG = `Host work
  HostName build.example
  Port 2222
  User builder
  IdentityFile ~/.ssh/work

Host *
  User everybody
`;

test.each([
  ["ssh://work", { host: "build.example", port: 2222, user: "builder", keys: ["work"] }],
  ["ssh://me@work:22", { host: "build.example", port: 22, user: "me", keys: ["work"] }],
  ["ssh://other", { host: "other", port: 22, user: "everybody", keys: ["id_ed25519"] }],
])("%s", (address, expected) => {
  writeFileSync(join(home, ".ssh/config"), CONFIG);
  for (const name of ["work", "id_ed25519"]) writeFileSync(join(home, ".ssh", name), name);
  const endpoint = parseAddress(address, null);
  if (endpoint.kind !== "ssh") throw new Error("That is an ssh address.");
  const { host, port, user, keys } = sshSettings(endpoint, { home });
  expect({ host, port, user, keys: keys.map(({ content }) => String(content)) }).toEqual(expected);
});

const KEY = Buffer.from("AAAAC3NzaC1lZDI1NTE5AAAAIKzMa3s5hqJm8AVBaQSdzVVdJKYAgbXvb8dZ0+4Kw2Yb", "base64");
const OTHER = Buffer.from("AAAAC3NzaC1lZDI1NTE5AAAAIHjUqgZrT9bXvXSoBSGZJ0lV9d8aJ8qV6GgqkGv7p8oK", "base64");
const line = (hosts: string, key = KEY) => `${hosts} ssh-ed25519 ${key.toString("base64")} a comment`;

describe("host keys", () => {
  test.each<[string, string, [string, number], "known" | "unknown" | "other"]>([
    ["by name", line("build.example"), ["build.example", 22], "known"],
    ["by name, in any case", line("Build.Example"), ["build.EXAMPLE", 22], "known"],
    ["one of several", line("a,build.example,10.0.0.1"), ["build.example", 22], "known"],
    ["by pattern", line("*.example"), ["build.example", 22], "known"],
    ["but for one", line("*.example,!build.example"), ["build.example", 22], "unknown"],
    ["another port", line("build.example"), ["build.example", 2222], "unknown"],
    ["with its port", line("[build.example]:2222"), ["build.example", 2222], "known"],
    ["another key", line("build.example", OTHER), ["build.example", 22], "other"],
    ["one of its keys", `${line("b", OTHER)}\n${line("b")}`, ["b", 22], "known"],
    ["revoked", `${line("b")}\n@revoked ${line("*")}`, ["b", 22], "other"],
    ["an authority is no key", `@cert-authority ${line("*")}`, ["b", 22], "unknown"],
    ["comments and rubbish", `# ${line("b")}\n\n|1|x\nb\n`, ["b", 22], "other"],
    ["nothing", "", ["b", 22], "unknown"],
  ])("%s", (_, file, [host, port], verdict) => {
    const found = judgeHostKey([file], host, port, KEY);
    expect(found.known ? "known" : found.other ? "other" : "unknown").toBe(verdict);
  });
});
