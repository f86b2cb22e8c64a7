/** Raw connections to a Docker host. A new way to reach one is a new case here and in `address.ts`. */
import net from "node:net";
import type { Duplex } from "node:stream";
import tls from "node:tls";
import type { Endpoint } from "./address";
import { SshConnection } from "./ssh/connection";
import { type SshEnvironment, sshSettings } from "./ssh/settings";

export const DIAL_TIMEOUT_MS = 3_500;

export interface Dialer {
  dial(): Promise<Duplex>;
  /** Runs a command on the host's machine and gives what it says; only over ssh. */
  run?(command: string, signal: AbortSignal): Promise<string>;
  /** Ends what dials share; each of them ends by itself. */
  close(): void;
}

export function createDialer(endpoint: Endpoint, environment: SshEnvironment): Dialer {
  if (endpoint.kind !== "ssh") return { dial: () => dial(endpoint), close: () => {} };
  const connection = new SshConnection(endpoint, () => sshSettings(endpoint, environment));
  return {
    dial: () => connection.dial(),
    run: (command, signal) => connection.run(command, signal),
    close: () => connection.close(),
  };
}

function dial(endpoint: Exclude<Endpoint, { kind: "ssh" }>): Promise<Duplex> {
  switch (endpoint.kind) {
    case "unix":
      return opened(net.connect({ path: endpoint.path }), "connect");
    case "tcp": {
      const { host, port } = endpoint;
      if (!endpoint.tls) return opened(net.connect({ host, port }), "connect");
      const { ca, cert, key, verify } = endpoint.tls;
      const servername = net.isIP(host) ? undefined : host;
      const options = { host, port, ca, cert, key, rejectUnauthorized: verify, servername };
      return opened(tls.connect(options), "secureConnect");
    }
    case "unsupported":
      return Promise.reject(new Error(endpoint.reason));
  }
}

function opened(socket: net.Socket, event: "connect" | "secureConnect"): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy();
      reject(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" }));
    }, DIAL_TIMEOUT_MS);
    const settle = (error?: Error) => {
      clearTimeout(timer);
      socket.off("error", settle);
      if (!error) resolve(socket);
      else reject(error);
    };
    socket.once(event, () => settle());
    socket.once("error", settle);
    socket.setNoDelay(true);
    // An idle build of an hour must notice that its host is gone.
    socket.setKeepAlive(true, 15_000);
  });
}
