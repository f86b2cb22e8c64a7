/** What a glance at an ssh key tells; whether it can be used, the server says. */
import { formatBytes } from "./format";
import { MAX_SSH_KEY_BYTES } from "./options";

const PRIVATE = /-----BEGIN [A-Z ]*PRIVATE KEY-----|^PuTTY-User-Key-File/;
const OPENSSH = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END/;
/** Where the name of the cipher begins: behind "openssh-key-v1", a zero and its length. */
const CIPHER = 19;

/** Null where it may be a private key. */
export function sshKeyProblem(content: Uint8Array): string | null {
  if (content.byteLength > MAX_SSH_KEY_BYTES) return `A key has at most ${formatBytes(MAX_SSH_KEY_BYTES)}.`;
  const text = new TextDecoder().decode(content);
  if (/^(?:ssh-|ecdsa-|sk-)/.test(text)) return "That is the public key. Give the file without .pub.";
  return PRIVATE.test(text) ? null : "That is no private key.";
}

/** Whether it asks for a passphrase. */
export function isLocked(content: Uint8Array): boolean {
  const text = new TextDecoder().decode(content);
  const inside = OPENSSH.exec(text)?.[1]?.replace(/\s+/g, "");
  if (inside === undefined) return /^Proc-Type: 4,ENCRYPTED|^Encryption: (?!none)/m.test(text);
  try {
    return !atob(inside.slice(0, 64)).startsWith("none", CIPHER);
  } catch {
    return false;
  }
}
