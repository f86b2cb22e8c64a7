import ssh2, { type ParsedKey } from "ssh2";
import { expect, test } from "vitest";
import { keyAgent, type SshAgent } from "@/lib/build/server/ssh-agent/agent";
import { connectToAgent } from "@/lib/build/server/ssh-agent/connection";
import { newEd25519 } from "./new-key";

const FAILURE = 5;
const IDENTITIES = 12;
const SIGNATURE = 14;

const text = (value: Buffer | string) => {
  const bytes = Buffer.from(value);
  return Buffer.concat([number(bytes.length), bytes]);
};
const number = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const message = (kind: number, ...parts: Buffer[]) => text(Buffer.concat([Buffer.from([kind]), ...parts]));

const made = newEd25519();
const key = ssh2.utils.parseKey(made.private) as ParsedKey;
const other = ssh2.utils.parseKey(newEd25519().private) as ParsedKey;

const list = message(11);
const signWith = (which: ParsedKey) => message(13, text(which.getPublicSSH()), text("to sign"), number(0));
const bindSession = message(27, text("session-bind@openssh.com"), text(Buffer.alloc(200, 7)), text("more"));
const add = message(17, text("ssh-ed25519"), text(Buffer.alloc(64)), text("comment"));
const removeAll = message(19);
const lock = message(22, text("passphrase"));

/** Kinds of the answers to what was sent in pieces of a size. */
async function answers(requests: Buffer[], piece: number, agent: SshAgent = keyAgent([key])) {
  const got: Buffer[] = [];
  const connection = connectToAgent(agent, (bytes) => got.push(bytes));
  const sent = Buffer.concat(requests);
  for (let at = 0; at < sent.length; at += piece) connection.take(sent.subarray(at, at + piece));
  await expect.poll(() => split(got).length).toBe(requests.length);
  connection.end();
  return split(got);
}

function split(pieces: Buffer[]): Buffer[] {
  const bytes = Buffer.concat(pieces);
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32BE(at))
    found.push(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at)));
  return found;
}

test.each<[name: string, requests: Buffer[], kinds: number[]]>([
  ["keys are listed", [list], [IDENTITIES]],
  ["the key signs", [signWith(key)], [SIGNATURE]],
  ["another key does not", [signWith(other)], [FAILURE]],
  [
    "what OpenSSH begins with leaves the rest as it is",
    [bindSession, list, signWith(key)],
    [FAILURE, IDENTITIES, SIGNATURE],
  ],
  [
    "keys are not added, removed or locked",
    [add, removeAll, lock, list],
    [FAILURE, FAILURE, FAILURE, IDENTITIES],
  ],
])("%s", async (_name, requests, kinds) => {
  for (const piece of [1, 7, 1_000]) {
    const got = await answers(requests, piece);
    expect(got.map((answer) => answer[0])).toEqual(kinds);
  }
});

test("a signature is the key's", async () => {
  const [answer] = await answers([signWith(key)], 1_000);
  const signature = answer!.subarray(1 + 4 + 4 + "ssh-ed25519".length + 4);
  expect(key.verify("to sign", signature)).toBe(true);
});

test("an agent that is not there is one that fails", async () => {
  const gone: SshAgent = {
    identities: () => Promise.reject(new Error("gone")),
    sign: () => Promise.reject(new Error("gone")),
  };
  const got = await answers([list, signWith(key)], 1_000, gone);
  expect(got.map((answer) => answer[0])).toEqual([FAILURE, FAILURE]);
});

test.each([
  ["nothing", number(0)],
  ["more than a message may have", number(256 * 1024 + 1)],
])("a message of %s ends the connection", (_name, bytes) => {
  const connection = connectToAgent(keyAgent([key]), () => {});
  expect(() => connection.take(bytes)).toThrow("no message to an ssh agent");
});
