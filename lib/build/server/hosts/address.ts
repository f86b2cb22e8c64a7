/** Addresses of Docker hosts, as DOCKER_HOST and docker contexts write them. */

export interface TlsFiles {
  ca?: Buffer;
  cert?: Buffer;
  key?: Buffer;
  /** False where whoever set the host up asked not to check who answers. */
  verify: boolean;
}

/** `port` and `user` are null where ~/.ssh/config or the defaults decide. */
export interface SshEndpoint {
  kind: "ssh";
  host: string;
  port: number | null;
  user: string | null;
  /** Of the Engine, on the other side. */
  socket: string;
}

export type Endpoint =
  | SshEndpoint
  | { kind: "unix"; path: string }
  | { kind: "tcp"; host: string; port: number; tls: TlsFiles | null }
  | { kind: "unsupported"; reason: string };

export const DEFAULT_PORT = 2375;
export const DEFAULT_TLS_PORT = 2376;

export function parseAddress(address: string, tls: TlsFiles | null): Endpoint {
  const [, scheme = "", rest = ""] = address.match(/^([a-z]+):\/\/(.*)$/i) ?? [];
  switch (scheme.toLowerCase()) {
    case "unix":
      return rest.startsWith("/")
        ? { kind: "unix", path: rest }
        : {
            kind: "unsupported",
            reason: "The path of a socket must begin with a slash: unix:///path/to/docker.sock.",
          };
    case "tcp":
    case "http":
    case "https":
      return tcpEndpoint(rest, scheme.toLowerCase() === "https" ? (tls ?? { verify: true }) : tls);
    case "ssh":
      return sshEndpoint(rest);
    case "npipe":
      return { kind: "unsupported", reason: "Named pipes exist on Windows only." };
    default:
      return {
        kind: "unsupported",
        reason: "That is no address of a Docker host. It begins with unix://, tcp:// or ssh://.",
      };
  }
}

function tcpEndpoint(rest: string, tls: TlsFiles | null): Endpoint {
  let url: URL;
  try {
    url = new URL(`tcp://${rest}`);
  } catch {
    return { kind: "unsupported", reason: "The host or the port in that address is not valid." };
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (host === "") return { kind: "unsupported", reason: "The address names no host: tcp://HOST:PORT." };
  const port = url.port === "" ? (tls ? DEFAULT_TLS_PORT : DEFAULT_PORT) : Number(url.port);
  return { kind: "tcp", host, port, tls };
}

const DEFAULT_SOCKET = "/var/run/docker.sock";

/** ssh://[user@]host[:port][/path/to/docker.sock] */
function sshEndpoint(rest: string): Endpoint {
  let url: URL;
  try {
    url = new URL(`ssh://${rest}`);
  } catch {
    return { kind: "unsupported", reason: "The host or the port in that address is not valid." };
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (host === "") return { kind: "unsupported", reason: "The address names no host: ssh://USER@HOST." };
  // The docker client takes none either: it would end in lists of processes and shell histories.
  if (url.password !== "") {
    return {
      kind: "unsupported",
      reason: "An ssh address must not have a password in it. Use a key or an agent.",
    };
  }
  return {
    kind: "ssh",
    host,
    port: url.port === "" ? null : Number(url.port),
    user: url.username === "" ? null : decodeURIComponent(url.username),
    socket: url.pathname === "" || url.pathname === "/" ? DEFAULT_SOCKET : decodeURIComponent(url.pathname),
  };
}

/** For people: without user names, passwords or anything else an address may hide. */
export function displayAddress(address: string): string {
  return address.replace(/^([a-z]+:\/\/)[^/@]*@/i, "$1");
}
