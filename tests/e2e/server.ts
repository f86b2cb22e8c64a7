/** The product as a person runs it: `npm start`'s own script, with a port and a data folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const root = resolve(import.meta.dirname, "../..");

export interface Server {
  url: string;
  /** Folder of everything that it keeps. */
  data: string;
  /** All that it has printed. */
  output(): string;
  /** Ctrl-C; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** Killed without a chance to tidy up. */
  kill(): Promise<void>;
  /** Starts again on the same data. */
  start(): Promise<void>;
  /** Stops, and removes its data. */
  remove(): Promise<void>;
}

export async function startServer(env: Record<string, string>): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), "stagecraft-e2e-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let output = "";
  let child: ChildProcess | null = null;

  const start = async () => {
    const started = spawn(process.execPath, ["scripts/start.mjs", "--port", String(port), "--data", data], {
      cwd: root,
      env: { ...process.env, ...env, NODE_ENV: "production" },
    });
    child = started;
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    started.stdout.on("data", keep);
    started.stderr.on("data", keep);
    for (let waited = 0; waited < 150_000; waited += 100) {
      if (started.exitCode !== null) throw new Error(`The server ended with ${started.exitCode}:\n${output}`);
      if (await answers(url)) return;
      await wait(100);
    }
    throw new Error(`The server did not answer on ${url}:\n${output}`);
  };

  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return ending?.exitCode ?? null;
    const ended = new Promise<number | null>((done) => ending.once("exit", (code) => done(code)));
    ending.kill(signal);
    return ended;
  };

  await start();
  return {
    url,
    data,
    output: () => output,
    stop: () => end("SIGINT"),
    kill: async () => void (await end("SIGKILL")),
    start,
    remove: async () => {
      await end("SIGINT");
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/limits`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}
