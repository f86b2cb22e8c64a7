import ssh2 from "ssh2";
import { expect, test } from "vitest";
import { agentsOfKeys } from "@/lib/build/server/ssh-agent/keys";
import { newEd25519 } from "./new-key";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const { generateKeyPairSync } = ssh2.utils;
const ed25519 = newEd25519();

test.each<[name: string, content: string, type: string]>([
  ["Ed25519", ed25519.private, "ssh-ed25519"],
  ["RSA", generateKeyPairSync("rsa", { bits: 2048 }).private, "ssh-rsa"],
  ["ECDSA", generateKeyPairSync("ecdsa", { bits: 384 }).private, "ecdsa-sha2-nistp384"],
])("a key of kind %s is taken", async (_name, content, type) => {
  const agents = agentsOfKeys({ default: base64(content) });
  const keys = await agents.get("default")!.identities();
  expect(keys.map((key) => key.type)).toEqual([type]);
});

test.each<[name: string, content: string, code: string]>([
  ["nothing", "", "ssh-key-unreadable"],
  ["some text", "hello", "ssh-key-unreadable"],
  ["a public key", ed25519.public, "ssh-key-unreadable"],
  ["half a key", ed25519.private.slice(0, 200), "ssh-key-unreadable"],
  [
    "a key with a passphrase",
    newEd25519({ passphrase: "hush", cipher: "aes256-ctr", rounds: 4 }).private,
    "ssh-key-locked",
  ],
])("%s is refused", (_name, content, code) => {
  expect(() => agentsOfKeys({ deploy: base64(content) })).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining("deploy") }),
  );
});
