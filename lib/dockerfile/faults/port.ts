import { cut, toLower } from "../characters";
import { quote } from "../quote";

const PROTOCOLS = ["", "tcp", "udp", "sctp"];
const LAST_PORT = 65_535;

/** What is wrong with `[address:][hostPort:]port[/protocol]` (dockerfile2llb/convert_expose.go, parsePort), or null. */
export function portFault(text: string): string | null {
  const parts = text.split(":");
  const [port, protocol] = cut(parts.pop() as string, "/");
  const hostPort = parts.pop() ?? "";
  const address = parts.join(":");
  if (port === "") return `invalid port: ${quote(text)}: no port specified`;
  if (!PROTOCOLS.includes(toLower(protocol ?? ""))) {
    return `invalid port: ${quote(text)}: invalid proto: ${protocol}`;
  }
  const bare = /^\[[^[\]]*\]$/.test(address) ? address.slice(1, -1) : address;
  if (bare !== "" && !isAddress(bare)) return `invalid IP address: ${bare}`;
  const range = readRange(port);
  if (range === null) return `invalid containerPort: ${port}`;
  if (hostPort === "") return null;
  const host = readRange(hostPort);
  if (host === null) return `invalid hostPort: ${hostPort}`;
  if (range.length === host.length || range.length === 0) return null;
  return `invalid ranges specified for container and host Ports: ${port} and ${hostPort}`;
}

/** `8000` or `8000-9000`; `length` is from the first to the last. */
function readRange(text: string): { length: number } | null {
  const [first, last] = cut(text, "-");
  const start = readPort(first);
  const end = last === null ? start : readPort(last);
  return start === null || end === null || end < start ? null : { length: end - start };
}

function readPort(text: string): number | null {
  const port = /^[-+]?\d+$/.test(text) ? Number(text) : -1;
  return port < 0 || port > LAST_PORT ? null : port;
}

/** net.ParseIP, as far as a typing error goes. */
function isAddress(text: string): boolean {
  if (text.includes(":")) return /^[\da-fA-F:.]+$/.test(text) && text.split(":").length <= 8;
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}
