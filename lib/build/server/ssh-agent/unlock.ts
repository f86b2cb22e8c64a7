/**
 * Opens a private key that is locked by a passphrase: OpenSSH's own format (PROTOCOL.key of OpenSSH). The ssh library
 * could, but on the thread that everybody waits for: a passphrase is hashed for a second and more, by design.
 */
import { createDecipheriv } from "node:crypto";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";

/** `ssh-keygen` takes 16 or 24, and many people 100; each costs some hundredths of a second. */
const MAX_ROUNDS = 300;
/** How long a passphrase may be hashed, in milliseconds: the machine may have other things to do. */
const HASHING_MS = 120_000;
const MAGIC = "openssh-key-v1\0";
const LINE = 70;
const IV_BYTES = 16;
/** Bytes of the key, by the name of the cipher: all that `ssh-keygen -Z` is mostly asked for. */
const CIPHERS: Readonly<Record<string, number>> = {
  "aes128-ctr": 16,
  "aes192-ctr": 24,
  "aes256-ctr": 32,
  "aes128-cbc": 16,
  "aes192-cbc": 24,
  "aes256-cbc": 32,
};

const ARMOUR = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END OPENSSH PRIVATE KEY-----/;

/**
 * The same key without a lock, to be read as any other; what is no such file, or has no lock, comes back as it is. Null
 * where the passphrase is not the one. Throws where the lock is of a kind that is not known here.
 */
export async function unlocked(content: Buffer, passphrase: string): Promise<Buffer | null> {
  const armoured = ARMOUR.exec(content.toString("latin1"))?.[1];
  if (armoured === undefined) return content;
  const file = Buffer.from(armoured, "base64");
  if (file.toString("latin1", 0, MAGIC.length) !== MAGIC) return content;
  const reader = new Reader(file.subarray(MAGIC.length));
  const [cipher, hash] = [reader.string().toString(), reader.string().toString()];
  const options = new Reader(reader.string());
  if (cipher === "none") return content;
  const bytes = CIPHERS[cipher];
  if (bytes === undefined || hash !== "bcrypt") throw new Error(`Its lock is ${cipher} with ${hash}.`);
  const [salt, rounds] = [options.string(), options.number()];
  if (rounds > MAX_ROUNDS) throw new Error(`Its passphrase is hashed in more than ${MAX_ROUNDS} rounds.`);
  const [count, publicKey, secret] = [reader.number(), reader.string(), reader.string()];
  const derived = await hashed(passphrase, salt, rounds, bytes + IV_BYTES);
  const decipher = createDecipheriv(
    cipher.replace("aes", "aes-"),
    derived.subarray(0, bytes),
    derived.subarray(bytes),
  );
  const open = decipher.setAutoPadding(false).update(secret);
  // It begins with the same number twice, which nobody comes to by chance.
  if (open.length < 8 || open.readUInt32BE(0) !== open.readUInt32BE(4)) return null;
  const none = Buffer.from("none");
  const parts = [text(none), text(none), text(Buffer.alloc(0)), number(count), text(publicKey), text(open)];
  return armour(Buffer.concat([Buffer.from(MAGIC, "latin1"), ...parts]));
}

const HASHING = `
const { parentPort, workerData } = require("node:worker_threads");
const { library, passphrase, salt, rounds, bytes } = workerData;
const out = Buffer.alloc(bytes);
const failed = require(library).pbkdf(passphrase, passphrase.length, salt, salt.length, out, bytes, rounds) !== 0;
parentPort.postMessage(failed ? null : out);
`;

/** bcrypt_pbkdf on a thread of its own. */
function hashed(passphrase: string, salt: Buffer, rounds: number, bytes: number): Promise<Buffer> {
  const library = createRequire(import.meta.url).resolve("bcrypt-pbkdf");
  const workerData = { library, passphrase: Buffer.from(passphrase), salt: Buffer.from(salt), rounds, bytes };
  const worker = new Worker(HASHING, { eval: true, workerData, execArgv: [] });
  const timer = setTimeout(() => void worker.terminate(), HASHING_MS);
  return new Promise<Buffer>((resolve, reject) => {
    worker.once("message", (out: Uint8Array | null) =>
      out ? resolve(Buffer.from(out)) : reject(new Error("Its passphrase cannot be hashed.")),
    );
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("Its passphrase took too long to be hashed.")));
  }).finally(() => clearTimeout(timer));
}

class Reader {
  constructor(private rest: Buffer) {}

  number(): number {
    const value = this.rest.readUInt32BE(0);
    this.rest = this.rest.subarray(4);
    return value;
  }

  string(): Buffer {
    const length = this.number();
    if (length > this.rest.length) throw new Error("It is cut short.");
    const value = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return value;
  }
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const text = (bytes: Buffer) => Buffer.concat([number(bytes.length), bytes]);

function armour(file: Buffer): Buffer {
  const lines = file.toString("base64").match(new RegExp(`.{1,${LINE}}`, "g")) ?? [];
  return Buffer.from(
    ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----", ""].join("\n"),
  );
}
