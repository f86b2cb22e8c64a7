/**
 * The server: one process with the pages, the API, the database and the builds. `--dev` compiles pages on demand.
 */
import { mkdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir } from "node:os";
import { resolve } from "node:path";
import type { HostEnvironment } from "@/lib/build/server/hosts";
import { type HostsFile, readHostsFile } from "@/lib/build/server/hosts/settings";
import { type Config, readConfig } from "@/lib/config";
import { provideServices } from "@/lib/http/services";
import { announceHosts, announceReady, explainDiskError, explainListenError } from "./announce";
import { keptBuildKey } from "./build-key";
import { compose } from "./compose";
import { pass, refuseUpgrades } from "./gate";
import { lockFolder } from "./lock";
import { openPages, type Pages } from "./pages";

/** How long the end may take before it is forced, in milliseconds. */
const END_MS = 10_000;
/** One press of Ctrl-C arrives within this time, as often as it may. */
const SAME_SIGNAL_MS = 500;

/** Ends with a sentence for whoever started the server, and no stack. */
class CannotStart extends Error {}

async function start(dev: boolean): Promise<void> {
  const { config, hosts } = await configure();
  const lock = await kept(config, () => lockFolder(config.data));
  if (!lock) {
    throw new CannotStart(
      `Another Stagecraft already works with the folder ${config.data}.\n` +
        "Stop it, or give this one a folder of its own:  npm start -- --data OTHER-FOLDER",
    );
  }
  let pages: Pages | null = null;
  const server = createServer((request, response) => {
    if (!pass(config, dev, request, response)) return;
    if (pages) return pages.handle(request, response);
    response.writeHead(503, { "retry-after": "2" }).end("Stagecraft is starting. Reload in a moment.\n");
  });
  // An upload may take as long as it takes; what never sends its headers is still dropped.
  server.requestTimeout = 0;
  // In development pages are told of changes that way.
  if (!dev) refuseUpgrades(server);
  await listen(server, config);
  const { services, close } = await kept(config, () => compose(config, dockerClient(config), hosts));
  provideServices(services);

  stopOnSignal(async () => {
    server.close();
    await close();
    server.closeAllConnections();
    await pages?.close();
    await lock.release();
  });

  const { port } = server.address() as AddressInfo;
  pages = await openPages({ dev, root: config.root, host: config.host, port, server });
  console.log(announceReady(config, port));
  const { hosts: found, reason } = await services.hosts.list();
  console.log(announceHosts(found.length > 0 ? found : [{ state: "none", reason: reason ?? "" }]));
}

async function configure(): Promise<{ config: Config; hosts: HostsFile | undefined }> {
  let config: Config;
  let hosts: HostsFile | undefined;
  try {
    config = readConfig(process.env, resolve(import.meta.dirname, ".."));
    if (config.hostsFile !== undefined) hosts = readHostsFile(config.hostsFile);
  } catch (error) {
    throw new CannotStart(error instanceof Error ? error.message : String(error));
  }
  // For the owner alone: it holds other people's files, and the key to build.
  await kept(config, () => mkdir(config.data, { recursive: true, mode: 0o700 }));
  if (config.loopback && config.hosts.length === 0) return { config, hosts };
  const buildKey = config.buildKey ?? (await kept(config, () => keptBuildKey(config.data)));
  return { config: { ...config, buildKey }, hosts };
}

/** What fails on the disk is told in words. */
async function kept<T>(config: Config, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const why = explainDiskError(error, config);
    throw why === null ? error : new CannotStart(why);
  }
}

/** What the docker command would go by, so that both find the same host. */
function dockerClient(config: Config): HostEnvironment {
  const {
    DOCKER_CONTEXT,
    DOCKER_CONFIG,
    DOCKER_TLS_VERIFY,
    DOCKER_CERT_PATH,
    XDG_RUNTIME_DIR,
    SSH_AUTH_SOCK,
  } = process.env;
  return {
    dockerHost: config.dockerHost,
    dockerContext: DOCKER_CONTEXT,
    dockerConfig: DOCKER_CONFIG,
    dockerTlsVerify: DOCKER_TLS_VERIFY,
    dockerCertPath: DOCKER_CERT_PATH,
    home: homedir(),
    runtimeDirectory: XDG_RUNTIME_DIR,
    sshAgent: SSH_AUTH_SOCK,
  };
}

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new CannotStart(explainListenError(error, config))));
    server.listen(config.port, config.host, resolve);
  });
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = 0;
  const onSignal = () => {
    // Asked twice: at once, then. What comes right behind is the same Ctrl-C, from the terminal and again from npm.
    if (stopping > 0 && Date.now() - stopping > SAME_SIGNAL_MS) process.exit(1);
    if (stopping > 0) return;
    stopping = Date.now();
    console.log("Stopping…");
    setTimeout(() => process.exit(1), END_MS).unref();
    stop().then(
      () => process.exit(0),
      (error) => {
        console.error("The server could not end cleanly:", error);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
}

// One request's fault is not to end the builds of all others.
process.on("unhandledRejection", (error) => console.error("Unexpected:", error));

start(process.argv.includes("--dev")).catch((error: unknown) => {
  console.error(error instanceof CannotStart ? error.message : error);
  process.exit(1);
});
