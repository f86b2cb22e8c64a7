import ssh2 from "ssh2";
import { expect, test } from "vitest";
import { agentsOfKeys } from "@/lib/build/server/ssh-agent/keys";
import { newEd25519 } from "./new-key";

const given = (text: string, passphrase?: string) => [
  { key: Buffer.from(text).toString("base64"), ...(passphrase && { passphrase }) },
];
const { generateKeyPairSync } = ssh2.utils;
const ed25519 = newEd25519();
const lock = (cipher: string) => newEd25519({ passphrase: "hush", cipher, rounds: 2 }).private;

/** A locked key that says how often its passphrase is hashed. */
function rounds(count: number): string {
  const text = lock("aes256-ctr");
  const [first = "", ...lines] = text.trim().split("\n");
  const last = lines.pop();
  const file = Buffer.from(lines.join(""), "base64");
  // The magic, "aes256-ctr" and "bcrypt" with their lengths, then that of the options and their salt.
  const salt = 15 + 4 + 10 + 4 + 6 + 4;
  file.writeUInt32BE(count, salt + 4 + file.readUInt32BE(salt));
  return `${first}\n${file.toString("base64")}\n${last}\n`;
}

test.each<[name: string, content: string, type: string]>([
  ["Ed25519", ed25519.private, "ssh-ed25519"],
  ["RSA", generateKeyPairSync("rsa", { bits: 2048 }).private, "ssh-rsa"],
  ["ECDSA", generateKeyPairSync("ecdsa", { bits: 384 }).private, "ecdsa-sha2-nistp384"],
])("a key of kind %s is taken", async (_name, content, type) => {
  const agents = await agentsOfKeys({ default: given(content) });
  const keys = await agents.get("default")!.identities();
  expect(keys.map((key) => key.type)).toEqual([type]);
});

test("an id has several keys, each of which signs", async () => {
  const other = newEd25519();
  const agents = await agentsOfKeys({ default: [...given(ed25519.private), ...given(other.private)] });
  const agent = agents.get("default")!;
  const keys = await agent.identities();
  expect(keys).toHaveLength(2);
  for (const key of keys) {
    const signature = await agent.sign(key, Buffer.from("to sign"), undefined);
    expect(key.verify("to sign", signature)).toBe(true);
  }
});

test.each(["aes256-ctr", "aes128-cbc"])(
  "a key that is locked by %s is opened by its passphrase",
  async (cipher) => {
    const content = lock(cipher);
    const agent = (await agentsOfKeys({ deploy: given(content, "hush") })).get("deploy")!;
    const [key] = await agent.identities();
    const signature = await agent.sign(key!, Buffer.from("to sign"), undefined);
    const read = ssh2.utils.parseKey(content, "hush") as ssh2.ParsedKey;
    expect(read.verify("to sign", signature)).toBe(true);
  },
);

test.each<[name: string, content: string, code: string, passphrase?: string]>([
  ["nothing", "", "ssh-key-unreadable"],
  ["some text", "hello", "ssh-key-unreadable"],
  ["a public key", ed25519.public, "ssh-key-unreadable"],
  ["half a key", ed25519.private.slice(0, 200), "ssh-key-unreadable"],
  ["a key without its passphrase", lock("aes256-ctr"), "ssh-key-locked"],
  ["a key with another's passphrase", lock("aes256-ctr"), "ssh-key-passphrase", "loud"],
  ["half a key with a passphrase", lock("aes256-ctr").slice(0, 200), "ssh-key-unreadable", "hush"],
  ["a lock that is not understood", lock("aes256-gcm@openssh.com"), "ssh-key-unreadable", "hush"],
  ["a passphrase that would be hashed for hours", rounds(1_000_000), "ssh-key-unreadable", "hush"],
])("%s is refused", async (_name, content, code, passphrase) => {
  await expect(agentsOfKeys({ deploy: given(content, passphrase) })).rejects.toThrow(
    expect.objectContaining({ code, message: expect.stringContaining("deploy") }),
  );
});
