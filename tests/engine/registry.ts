/** A registry of one's own on a loopback port: Debian's docker-registry, which wants a name and a password. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export const LOGIN = { username: "builder", password: "open: sesame" };
const HTPASSWD = "builder:$2y$05$5QYuObgWjE28gBGbVhaJFeMPcNNn9sv1sF7sjOeDsIpT25VQfTJ.O";

export interface Registry {
  /** localhost:PORT */
  address: string;
  /** Tags of a repository, by the registry itself. */
  tags(repository: string): Promise<string[]>;
  stop(): Promise<void>;
}

export async function startRegistry(): Promise<Registry> {
  const folder = await mkdtemp(join(tmpdir(), "stagecraft-registry-"));
  const port = await freePort();
  const config = {
    version: 0.1,
    log: { level: "error" },
    storage: { filesystem: { rootdirectory: join(folder, "data") } },
    http: { addr: `127.0.0.1:${port}` },
    auth: { htpasswd: { realm: "tests", path: join(folder, "htpasswd") } },
  };
  await writeFile(join(folder, "htpasswd"), `${HTPASSWD}\n`);
  await writeFile(join(folder, "config.yml"), JSON.stringify(config));
  const child: ChildProcess = spawn("docker-registry", ["serve", join(folder, "config.yml")], {
    stdio: "ignore",
  });
  let failed: Error | null = null;
  child.once("error", (error) => {
    failed = error;
  });
  const basic = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString("base64");
  const ask = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Basic ${basic}` } });
  for (;;) {
    if (failed) throw failed;
    if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}.`);
    const answer = await ask("/v2/").catch(() => null);
    if (answer?.ok) break;
    await wait(50);
  }
  return {
    address: `localhost:${port}`,
    async tags(repository) {
      const answer = await ask(`/v2/${repository}/tags/list`);
      return answer.ok ? ((await answer.json()) as { tags: string[] }).tags : [];
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
