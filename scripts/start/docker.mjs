/** `--with-engine`: Docker from the distribution's packages, where it is allowed. */
import { spawn } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { engineVersion } from "../engines/api.mjs";
import { ensurePrograms, Missing } from "../engines/apt.mjs";
import { findProgram, isRoot, run, sleep } from "../engines/process.mjs";

const socket = "/var/run/docker.sock";
const log = "/var/log/stagecraft-dockerd.log";

/** Leaves Docker running, installed and started if need be; it is the machine's and outlives this program. */
export async function ensureDocker(say) {
  if (process.env.DOCKER_HOST) {
    say(`DOCKER_HOST names ${process.env.DOCKER_HOST}: using that, nothing to install.`);
    return;
  }
  if (await engineVersion(socket)) return;
  const reason = await whyNot();
  if (reason) throw new Missing(`--with-engine can't set Docker up here: ${reason}`);
  await ensurePrograms(
    [
      { program: "dockerd", package: "docker.io", why: "the Docker engine" },
      { program: "iptables", package: "iptables", why: "the network of containers" },
    ],
    (line) => say(`${line[0].toUpperCase()}${line.slice(1)}…`),
  );
  if (!(await engineVersion(socket))) await startDocker(say);
  say(`Docker ${await engineVersion(socket)} is running on ${socket}.`);
}

async function whyNot() {
  if (process.platform !== "linux") {
    return "it does so on Debian and Ubuntu only. Install Docker Desktop, Colima or OrbStack, then run `npm start`.";
  }
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  if (!/^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release)) {
    return "it does so on Debian and Ubuntu only. Install Docker as your distribution says, then run `npm start`.";
  }
  if (!isRoot())
    return "installing and starting Docker needs root. Run the command as root, or install Docker yourself.";
  return null;
}

async function startDocker(say) {
  say("Starting Docker…");
  if (existsSync("/run/systemd/system")) {
    const { code, stderr } = await run("systemctl", ["start", "docker"]);
    if (code !== 0) throw new Missing(`systemctl start docker failed:\n${stderr.trim()}`);
  } else {
    const output = openSync(log, "a");
    const daemon = spawn(findProgram("dockerd") ?? "dockerd", [], {
      detached: true,
      stdio: ["ignore", output, output],
    });
    daemon.on("error", () => {});
    daemon.unref();
  }
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (await engineVersion(socket)) return;
    await sleep(100);
  }
  throw new Missing(
    `Docker was started but does not answer on ${socket}. Its log: ${log} or \`journalctl -u docker\`.`,
  );
}
