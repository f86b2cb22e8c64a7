/** A port of an EXPOSE, `[address:][hostPort:]port[/protocol]`. */
export interface Port {
  address: string;
  hostPort: string;
  port: string;
  protocol: string;
}

/** Reads a port as far as the checks need; null where BuildKit finds no port or no protocol it knows. */
export function parsePort(text: string): Port | null {
  const parts = text.split(":");
  const last = parts.pop() as string;
  const hostPort = parts.pop() ?? "";
  const slash = last.indexOf("/");
  const port = slash === -1 ? last : last.slice(0, slash);
  const protocol = slash === -1 ? "" : last.slice(slash + 1);
  if (port === "" || !/^(?:|tcp|udp|sctp)$/i.test(protocol)) return null;
  return { address: parts.join(":"), hostPort, port, protocol: protocol || "tcp" };
}
