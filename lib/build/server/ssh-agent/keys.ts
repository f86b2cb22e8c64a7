/** Private keys that were given for one build. They are in memory only, and only until it is over. */
import ssh2 from "ssh2";
import { Refusal } from "../../../share/refusal";
import { keyAgent, type SshAgent } from "./agent";

/** An agent for each id; refuses what is no private key, or is locked by a passphrase. */
export function agentsOfKeys(keys: Readonly<Record<string, string>>): ReadonlyMap<string, SshAgent> {
  return new Map(Object.entries(keys).map(([id, value]) => [id, agentOf(id, Buffer.from(value, "base64"))]));
}

function agentOf(id: string, content: Buffer): SshAgent {
  const parsed: unknown = ssh2.utils.parseKey(content);
  // Of a file with several it gives a list.
  const key = Array.isArray(parsed) ? parsed[0] : (parsed as ReturnType<typeof ssh2.utils.parseKey>);
  if (key instanceof Error) throw /passphrase|encrypted/i.test(key.message) ? locked(id) : unreadable(id);
  if (!key.isPrivateKey()) throw unreadable(id);
  return keyAgent(key);
}

function locked(id: string): Refusal {
  return new Refusal(
    "invalid",
    "ssh-key-locked",
    `The ssh key ${id} is locked by a passphrase.`,
    "Give a key without one that is for builds alone, such as a deploy key of the repository.",
  );
}

function unreadable(id: string): Refusal {
  return new Refusal(
    "invalid",
    "ssh-key-unreadable",
    `What was given as the ssh key ${id} is no private key that is understood.`,
    "Give the whole file that ssh-keygen made, without .pub: RSA, ECDSA and Ed25519 are understood.",
  );
}
