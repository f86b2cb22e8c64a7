/**
 * One dockerd with a containerd of its own: own data, run folder, socket and bridge, so that several stand beside
 * each other and beside the machine's own Docker without knowing of it.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { engineVersion } from "./api.mjs";
import { ensurePrograms, Missing } from "./apt.mjs";
import { cacheFolder, withLock } from "./cache.mjs";
import { kinds } from "./kinds.mjs";
import { findProgram, isAlive, isRoot, mustRun, run, sleep } from "./process.mjs";

/** Short on purpose: a unix socket's path may have 108 bytes. */
const runFolder = (kind) => join("/run/stagecraft-engines", kind);
const dataFolder = (kind) => join(cacheFolder(), "engines", "data", kind);
const sockets = ["docker.sock", "containerd.sock", "containerd.sock.ttrpc"];
export const socketPath = (kind) => join(runFolder(kind), "docker.sock");

/**
 * Starts the engine of this kind, or joins the one that runs. It runs until the last that started it stops it.
 * @param {string} name
 * @param {{holder?: string, say?: (line: string) => void}} [options] holder: who keeps it running; this process
 * unless told otherwise
 */
export async function startDaemon(name, { holder = String(process.pid), say = () => {} } = {}) {
  const kind = kinds[name];
  if (!kind)
    throw new Error(`There is no engine kind “${name}”: choose one of ${Object.keys(kinds).join(", ")}.`);
  if (!isRoot())
    throw new Missing("Starting the test engines (dockerd) needs root: run this command as root.");
  const version = await withLock(`engine-${name}`, async () => {
    await mkdir(join(runFolder(name), "holders"), { recursive: true });
    await writeFile(join(runFolder(name), "holders", holder), "");
    return (await engineVersion(socketPath(name))) ?? (await launch(kind, say));
  });
  return { socket: socketPath(name), version, stop: () => stopDaemon(name, holder) };
}

/** Gives up one hold; ends the engine when no living holder is left. */
export async function stopDaemon(name, holder) {
  await withLock(`engine-${name}`, async () => {
    const holders = join(runFolder(name), "holders");
    if (holder) await rm(join(holders, holder), { force: true });
    else await rm(holders, { recursive: true, force: true });
    for (const other of await readdir(holders).catch(() => [])) {
      if (other === "kept" || (await isAlive(Number(other)))) return;
    }
    await endProcesses(runFolder(name));
    await run("ip", ["link", "del", kinds[name].bridge]);
    await unmountBelow(runFolder(name));
    await unmountBelow(dataFolder(name));
    if (kinds[name].disk) await run("umount", ["--lazy", dataFolder(name)]);
    await rm(runFolder(name), { recursive: true, force: true });
  });
}

async function launch(kind, say) {
  await ensurePrograms(
    [
      { program: "dockerd", package: "docker.io", why: "the Docker engine" },
      { program: "runc", package: "runc", why: "what the engine runs containers with" },
      { program: "ip", package: "iproute2", why: "gives an engine a network bridge of its own" },
      { program: "iptables", package: "iptables", why: "dockerd asks for it at start" },
    ],
    say,
  );
  const folders = await kind.programs();
  say(`starting engine ${kind.name}`);
  const here = runFolder(kind.name);
  const data = dataFolder(kind.name);
  await endProcesses(here);
  // One that was killed leaves its sockets, at which dockerd would take nobody's refusal for its containerd's.
  for (const socket of sockets) await rm(join(here, socket), { force: true });
  if (kind.disk) await mountDisk(data, kind.disk);
  await mkdir(join(data, "containerd"), { recursive: true });
  const path = [...folders, process.env.PATH, "/usr/sbin", "/sbin"].filter(Boolean).join(delimiter);
  const program = (name) =>
    folders.map((folder) => join(folder, name)).find(existsSync) ?? findProgram(name) ?? name;

  await makeBridge(kind);
  await writeFile(join(here, "containerd.toml"), containerdConfig(join(data, "containerd"), here));
  const containerd = launchProcess(
    program("containerd"),
    ["--config", join(here, "containerd.toml")],
    here,
    path,
  );
  await writeFile(join(here, "containerd.pid"), String(containerd.pid));
  await started(containerd, "containerd", kind, () => answers(join(here, "containerd.sock")));
  await writeFile(join(here, "daemon.json"), JSON.stringify(kind.config));
  const dockerd = launchProcess(
    program("dockerd"),
    [
      ...["--config-file", join(here, "daemon.json"), "--data-root", join(data, "docker")],
      ...["--exec-root", join(here, "exec"), "--pidfile", join(here, "docker.pid")],
      ...["--containerd", join(here, "containerd.sock"), "-H", `unix://${socketPath(kind.name)}`],
      // Never `--bridge=none`: beside another dockerd it deletes that one's bridge, and RUN fails.
      ...["--bridge", kind.bridge, "--iptables=false", "--ip6tables=false"],
    ],
    here,
    path,
    kind.environment,
  );
  return started(dockerd, "dockerd", kind, () => engineVersion(socketPath(kind.name)));
}

/** Waits until `ready` gives something, and gives it; an error with the log's end where the program ends before. */
async function started(child, program, kind, ready) {
  for (let waited = 0; waited < 60_000; waited += 50) {
    const result = await ready();
    if (result) return result;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await sleep(50);
  }
  const log = await readFile(join(runFolder(kind.name), `${program}.log`), "utf8").catch(() => "");
  throw new Error(
    `The ${kind.name} engine did not start. The end of ${program}'s log:\n${log.split("\n").slice(-15).join("\n")}`,
  );
}

const answers = (socket) =>
  new Promise((resolve) => {
    const connection = connect(socket, () => {
      connection.destroy();
      resolve(true);
    });
    connection.on("error", () => resolve(false));
  });

/** In memory, so that it is quickly filled; one that is mounted already stays as it is. */
async function mountDisk(folder, size) {
  await mkdir(folder, { recursive: true });
  if ((await run("mountpoint", ["-q", folder])).code === 0) return;
  await mustRun("mount", ["-t", "tmpfs", "-o", `size=${size}`, "stagecraft", folder]);
}

const containerdConfig = (data, here) => `version = 2
root = "${data}"
state = "${here}/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images", "io.containerd.cri.v1.runtime"]
[grpc]
  address = "${here}/containerd.sock"
`;

async function makeBridge(kind) {
  if ((await run("ip", ["link", "show", kind.bridge])).code === 0) return;
  await mustRun("ip", ["link", "add", kind.bridge, "type", "bridge"]);
  await mustRun("ip", ["addr", "add", `172.31.${kind.network}.1/24`, "dev", kind.bridge]);
  await mustRun("ip", ["link", "set", kind.bridge, "up"]);
}

/** Detached: it outlives the script that started it, and Ctrl-C in a terminal does not reach it. */
function launchProcess(program, args, here, path, environment = {}) {
  mkdirSync(here, { recursive: true });
  const log = openSync(join(here, `${program.split("/").at(-1)}.log`), "a");
  const child = spawn(program, args, {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, PATH: path, ...environment },
  });
  child.on("error", () => {});
  child.unref();
  return child;
}

/** Networks and file systems of containers that ended with their engine stay mounted, and block what they lie on. */
async function unmountBelow(folder) {
  const mounts = (await readFile("/proc/self/mountinfo", "utf8"))
    .split("\n")
    .map((line) => line.split(" ")[4] ?? "");
  const below = mounts.filter((path) => path.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length);
  for (const path of below) await run("umount", ["--lazy", path]);
}

async function endProcesses(here) {
  for (const pidfile of ["docker.pid", "containerd.pid"]) await endProcess(join(here, pidfile), here);
}

async function endProcess(pidfile, here) {
  const pid = Number(await readFile(pidfile, "utf8").catch(() => "0"));
  if (pid > 1 && (await isRunningIn(pid, here))) {
    signal(pid, "SIGTERM");
    for (let waited = 0; (await isAlive(pid)) && waited < 15_000; waited += 50) await sleep(50);
    signal(pid, "SIGKILL");
  }
  await rm(pidfile, { force: true });
}

/** Also where it ends at this very moment. */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** A number in an old file may be another program's by now: ours has its run folder in its command line. */
async function isRunningIn(pid, here) {
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return command.includes(`${here}/`) && (await isAlive(pid));
}
