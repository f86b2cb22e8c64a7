/** Private keys that were given for one build. They are in memory only, and only until it is over. */
import ssh2, { type ParsedKey } from "ssh2";
import { Refusal } from "../../../share/refusal";
import type { GivenKey } from "../../options";
import { keyAgent, type SshAgent } from "./agent";
import { unlocked } from "./unlock";

/** An agent for each id, with all of its keys; refuses what is no private key, or is not opened by its passphrase. */
export async function agentsOfKeys(
  keys: Readonly<Record<string, readonly GivenKey[]>>,
): Promise<ReadonlyMap<string, SshAgent>> {
  const agents = new Map<string, SshAgent>();
  for (const [id, given] of Object.entries(keys)) {
    const read: ParsedKey[] = [];
    for (const each of given) read.push(await readKey(id, each));
    if (read.length > 0) agents.set(id, keyAgent(read));
  }
  return agents;
}

async function readKey(id: string, { key: base64, passphrase }: GivenKey): Promise<ParsedKey> {
  const content = Buffer.from(base64, "base64");
  const open = passphrase === undefined ? content : await opened(id, content, passphrase);
  const parsed: unknown = ssh2.utils.parseKey(open, passphrase);
  // Of a file with several it gives a list.
  const key = Array.isArray(parsed) ? parsed[0] : (parsed as ReturnType<typeof ssh2.utils.parseKey>);
  if (key instanceof Error) {
    if (!/passphrase|encrypted/i.test(key.message)) throw unreadable(id);
    throw passphrase === undefined ? locked(id) : wrongPassphrase(id);
  }
  if (!key.isPrivateKey()) throw unreadable(id);
  return key;
}

async function opened(id: string, content: Buffer, passphrase: string): Promise<Buffer> {
  let open: Buffer | null;
  try {
    open = await unlocked(content, passphrase);
  } catch (error) {
    throw unreadable(id, error instanceof Error ? error.message : undefined);
  }
  if (open === null) throw wrongPassphrase(id);
  return open;
}

function locked(id: string): Refusal {
  return new Refusal(
    "invalid",
    "ssh-key-locked",
    `The ssh key ${id} is locked by a passphrase.`,
    "Give its passphrase with it, or a key without one that is for builds alone, such as a deploy key of the repository.",
  );
}

function wrongPassphrase(id: string): Refusal {
  return new Refusal(
    "invalid",
    "ssh-key-passphrase",
    `The passphrase does not open the ssh key ${id}.`,
    "Type it again, or choose another key.",
  );
}

function unreadable(id: string, reason?: string): Refusal {
  return new Refusal(
    "invalid",
    "ssh-key-unreadable",
    `What was given as the ssh key ${id} is no private key that is understood.${reason ? ` ${reason}` : ""}`,
    "Give the whole file that ssh-keygen made, without .pub: RSA, ECDSA and Ed25519 are understood.",
  );
}
