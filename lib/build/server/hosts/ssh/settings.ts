/** How a host is reached over ssh: what ~/.ssh/config says of its name, which keys may open it, which keys it may have. */
import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import path from "node:path";
import SSHConfig from "ssh-config";
import type { SshEndpoint } from "../address";

export interface SshSettings {
  host: string;
  port: number;
  user: string;
  /** Contents of key files that are there. */
  keys: { file: string; content: Buffer }[];
  /** Socket of the agent. */
  agent: string | null;
  /** Contents of the known_hosts files that are there. */
  knownHosts: string[];
  /** The name that was asked for: what people call the host. */
  name: string;
}

const KEY_FILES = ["id_ed25519", "id_ecdsa", "id_rsa"];

export interface SshEnvironment {
  home: string;
  /** SSH_AUTH_SOCK */
  sshAgent?: string | undefined;
  /** The one key to show, beside the agent's; absolute. */
  identity?: string | undefined;
}

export function sshSettings(
  { host: name, port, user }: SshEndpoint,
  environment: SshEnvironment,
): SshSettings {
  const folder = path.join(environment.home, ".ssh");
  const own = read(path.join(folder, "config"));
  const said = own === null ? {} : readConfig(own.toString("utf8"), name);
  const expand = (file: string) =>
    file.startsWith("~/") ? path.join(environment.home, file.slice(2)) : path.resolve(folder, file);
  const given = environment.identity === undefined ? undefined : [environment.identity];
  const files = given ?? said.identityfile ?? KEY_FILES.map((file) => path.join(folder, file));
  const known = said.userknownhostsfile ?? [path.join(folder, "known_hosts")];
  return {
    name,
    host: said.hostname?.[0] ?? name,
    port: port ?? (Number(said.port?.[0]) || 22),
    user: user ?? said.user?.[0] ?? userInfo().username,
    keys: files.map(expand).flatMap((file) => {
      const content = read(file);
      return content ? [{ file, content }] : [];
    }),
    agent: environment.sshAgent || null,
    knownHosts: [...known.map(expand), "/etc/ssh/ssh_known_hosts"].flatMap((file) => {
      const content = read(file);
      return content ? [content.toString("utf8")] : [];
    }),
  };
}

/** By lower-case keyword. A file that cannot be read as one says nothing, as for a host without an entry. */
function readConfig(text: string, name: string): Record<string, string[] | undefined> {
  const found: Record<string, string[]> = {};
  try {
    for (const [keyword, value] of Object.entries(SSHConfig.parse(text).compute(name))) {
      found[keyword.toLowerCase()] = Array.isArray(value) ? value.map(String) : [String(value)];
    }
  } catch {
    return {};
  }
  return found;
}

function read(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
