/** Who signs for the steps of a build: keys that were given for it, or the agent of the machine that the server runs on. */
import { sign as signWith } from "node:crypto";
import ssh2, { type ParsedKey } from "ssh2";

/** Hash that an RSA key is asked to sign with. */
export type Hash = "sha1" | "sha256" | "sha512" | undefined;

/** Tells which keys there are and signs with them; the keys themselves it gives to nobody. */
export interface SshAgent {
  identities(): Promise<ParsedKey[]>;
  /** The signature as ssh has it, without its algorithm's name. Rejects where there is no such key. */
  sign(key: ParsedKey, data: Buffer, hash: Hash): Promise<Buffer>;
}

/** An agent that holds these keys, listed in their order. */
export function keyAgent(keys: readonly ParsedKey[]): SshAgent {
  return {
    identities: async () => [...keys],
    async sign(wanted, data, hash) {
      const key = keys.find((each) => wanted.getPublicSSH().equals(each.getPublicSSH()));
      if (!key) throw new Error("There is no such key.");
      // Of these ssh wants two numbers, one behind the other, and OpenSSL gives them as DER.
      if (key.type.startsWith("ecdsa-")) return ecdsaSignature(key, data);
      const signature = key.sign(data, hash);
      if (signature instanceof Error) throw signature;
      return signature;
    },
  };
}

const ECDSA_HASHES: Readonly<Record<string, string>> = {
  "ecdsa-sha2-nistp256": "sha256",
  "ecdsa-sha2-nistp384": "sha384",
  "ecdsa-sha2-nistp521": "sha512",
};

/** RFC 5656, 3.1.2 */
function ecdsaSignature(key: ParsedKey, data: Buffer): Buffer {
  const both = signWith(ECDSA_HASHES[key.type], data, {
    key: key.getPrivatePEM(),
    dsaEncoding: "ieee-p1363",
  });
  const half = both.length / 2;
  return Buffer.concat([both.subarray(0, half), both.subarray(half)].map(integer));
}

/** A positive number with its length before it, no zero in front that it does not need (RFC 4251, 5: mpint). */
function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(first);
  const positive = digits[0]! >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(positive.length);
  return Buffer.concat([length, positive]);
}

/** The agent that listens on a socket of this machine. */
export function socketAgent(path: string): SshAgent {
  const agent = new ssh2.OpenSSHAgent(path);
  const answer = <Value>(ask: (done: (error?: Error | null, value?: Value) => void) => void) =>
    new Promise<Value>((resolve, reject) => {
      ask((error, value) =>
        error || value === undefined ? reject(error ?? new Error("No answer.")) : resolve(value),
      );
    });
  return {
    identities: () =>
      answer<ParsedKey[]>((done) => agent.getIdentities((error, keys) => done(error, keys as ParsedKey[]))),
    sign: (key, data, hash) => answer<Buffer>((done) => agent.sign(key, data, hash ? { hash } : {}, done)),
  };
}
