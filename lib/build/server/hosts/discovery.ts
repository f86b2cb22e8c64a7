/**
 * Where a Docker host may be, in the docker client's own order: DOCKER_HOST, the current context, and, where
 * neither says anything, the sockets that Docker's flavours make.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type Endpoint, parseAddress, type TlsFiles } from "./address";

export interface HostEnvironment {
  dockerHost?: string | undefined;
  /** Name of a docker context that overrides the current one. */
  dockerContext?: string | undefined;
  /** Folder of the docker client's settings; ~/.docker otherwise. */
  dockerConfig?: string | undefined;
  /** Any text: the host must show a certificate. */
  dockerTlsVerify?: string | undefined;
  /** Folder of ca.pem, cert.pem and key.pem. */
  dockerCertPath?: string | undefined;
  home: string;
  /** SSH_AUTH_SOCK */
  sshAgent?: string | undefined;
  /** XDG_RUNTIME_DIR */
  runtimeDirectory?: string | undefined;
}

export interface Candidate {
  name: string;
  address: string;
  endpoint: Endpoint;
  /** Asked for by a person: if it cannot be reached, that is to be said and nothing else tried. */
  chosen: boolean;
}

export function candidates(environment: HostEnvironment): Candidate[] {
  const chosen = fromVariable(environment) ?? fromContext(environment);
  return chosen ? [chosen] : usualSockets(environment);
}

function fromVariable(environment: HostEnvironment): Candidate | null {
  const { dockerHost: address, dockerTlsVerify, dockerCertPath } = environment;
  if (!address) return null;
  const folder = dockerCertPath || configFolder(environment);
  const secured = Boolean(dockerTlsVerify || dockerCertPath);
  const tls = secured ? readTls(folder, Boolean(dockerTlsVerify)) : null;
  return { name: "DOCKER_HOST", address, endpoint: parseAddress(address, tls), chosen: true };
}

const clientConfigSchema = z.object({ currentContext: z.string().optional() });
const contextSchema = z.object({
  Name: z.string(),
  Endpoints: z.object({
    docker: z.object({ Host: z.string(), SkipTLSVerify: z.boolean().optional() }).optional(),
  }),
});

function fromContext(environment: HostEnvironment): Candidate | null {
  const folder = configFolder(environment);
  const config = clientConfigSchema.safeParse(readJson(path.join(folder, "config.json")));
  const name = environment.dockerContext || (config.success ? config.data.currentContext : undefined);
  if (!name || name === "default") return null;
  const id = createHash("sha256").update(name).digest("hex");
  const context = contextSchema.safeParse(readJson(path.join(folder, "contexts", "meta", id, "meta.json")));
  const docker = context.success ? context.data.Endpoints.docker : undefined;
  if (!docker) {
    const reason = `The docker context “${name}” is chosen, but it is not set up. “docker context ls” shows those that are.`;
    return { name, address: `context ${name}`, endpoint: { kind: "unsupported", reason }, chosen: true };
  }
  const tls = readTls(path.join(folder, "contexts", "tls", id, "docker"), !docker.SkipTLSVerify);
  const endpoint = parseAddress(docker.Host, tls.ca || tls.cert ? tls : null);
  return { name, address: docker.Host, endpoint, chosen: true };
}

function usualSockets({ home, runtimeDirectory }: HostEnvironment): Candidate[] {
  const sockets: [name: string, path: string][] = [
    ["Docker", "/var/run/docker.sock"],
    ...(runtimeDirectory ? ([["Rootless Docker", path.join(runtimeDirectory, "docker.sock")]] as const) : []),
    ["Docker Desktop", path.join(home, ".docker/run/docker.sock")],
    ["Docker Desktop", path.join(home, ".docker/desktop/docker.sock")],
    ["Colima", path.join(home, ".colima/default/docker.sock")],
    ["OrbStack", path.join(home, ".orbstack/run/docker.sock")],
  ].map(([name, socket]) => [name!, socket!]);
  return sockets.map(([name, socket]) => ({
    name,
    address: `unix://${socket}`,
    endpoint: { kind: "unix", path: socket },
    chosen: false,
  }));
}

function configFolder({ dockerConfig, home }: HostEnvironment): string {
  return dockerConfig || path.join(home, ".docker");
}

/** ca.pem, cert.pem and key.pem, as far as they are there. */
export function readTls(folder: string, verify: boolean): TlsFiles {
  const [ca, cert, key] = ["ca.pem", "cert.pem", "key.pem"].map((file) =>
    readIfThere(path.join(folder, file)),
  );
  return { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}), verify };
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
