/** What the server says in the terminal. */
import { networkInterfaces } from "node:os";
import type { Config } from "@/lib/config";
import type { HostView } from "@/lib/share/hosts";

export function announceReady(config: Config, port: number): string {
  const address = `http://${visitableHost(config.host)}:${port}`;
  const lines = [`Stagecraft is ready at ${address}`];
  if (config.buildKey !== undefined && (!config.loopback || config.hosts.length > 0)) {
    lines.push(`To build from another machine, open ${address}/?key=${config.buildKey} there once.`);
    lines.push("Whoever has that key commands the build host like root: pass it on with care.");
  }
  return lines.join("\n");
}

/** Of each host one line; where there is none that answers, how to get one. */
export function announceHosts(views: readonly HostView[]): string {
  if (views.length === 1) return announceHost(views[0]!);
  return views
    .map((view) =>
      view.state === "unreachable"
        ? `The Docker host ${view.name} at ${view.address} cannot be reached. ${view.reason}`
        : announceHost(view),
    )
    .join("\n");
}

function announceHost(view: HostView): string {
  if (view.state === "ready") {
    return `Builds run on Docker ${view.engine} (${view.platform}) at ${view.address}`;
  }
  const reason =
    view.state === "none"
      ? view.reason
      : `The Docker host at ${view.address} cannot be reached. ${view.reason}`;
  return [
    reason,
    "Everything but building works meanwhile. To build, start Docker on this machine, or",
    "  npm start -- --with-engine                installs it here (Debian or Ubuntu, as root)",
    "  DOCKER_HOST=tcp://MACHINE:2376 npm start  uses that of another machine",
  ].join("\n");
}

/** Why the address could not be taken, and what to do. */
export function explainListenError(error: NodeJS.ErrnoException, config: Config): string {
  const { host, port } = config;
  if (error.code === "EADDRINUSE") {
    return (
      `Port ${port} on ${host} is taken by another program, perhaps by a Stagecraft that still runs.\n` +
      `Stop it, or choose another port:  npm start -- --port ${port + 1}`
    );
  }
  if (error.code === "EACCES") {
    return `Port ${port} on ${host} may not be used by this account. Choose one above 1023:  npm start -- --port 3000`;
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return `${host} is not an address of this machine. Use 127.0.0.1 for this machine only, or 0.0.0.0 for all its addresses.`;
  }
  return `The server could not listen on ${host}:${port}: ${error.message}`;
}

/** Why what the server keeps cannot be had, and what to do; null where something else went wrong. */
export function explainDiskError(error: unknown, { data, databaseUrl }: Config): string | null {
  const { code = "", syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined && !code.startsWith("SQLITE_")) return null;
  return (
    `What the server keeps cannot be read and written: ${message}\n` +
    `Its folder is ${data}, its database ${databaseUrl}.\n` +
    "Let this account use them, or choose others with DATABASE_URL and  npm start -- --data OTHER-FOLDER"
  );
}

/** An address that can be opened, where the server listens on all of them. */
function visitableHost(host: string): string {
  if (host !== "0.0.0.0" && host !== "::") return host.includes(":") ? `[${host}]` : host;
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((entry) => entry && !entry.internal && entry.family === "IPv4");
  return outside?.address ?? "127.0.0.1";
}
