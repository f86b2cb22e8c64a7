/** Runs git by itself: without the machine's settings, without logins, over https only, and never for longer than asked. */
import { spawn } from "node:child_process";

/** Of what git says when something goes wrong. */
const MAX_SAID = 20_000;

export class GitError extends Error {
  readonly code = "GIT";
  constructor(readonly said: string) {
    super(said);
  }
}

/** @param folder where it runs, and what it takes for the home of its user */
export async function* runGit(
  args: readonly string[],
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const child = spawn("git", args, {
    cwd: folder,
    env: environment(folder),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const stop = () => {
    try {
      // With what it has started: it is the helper that holds the connection.
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
  signal.addEventListener("abort", stop);
  let said = "";
  child.stderr.on("data", (part: Buffer) => {
    if (said.length < MAX_SAID) said += part.toString("utf8");
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  ended.catch(() => {});
  let whole = false;
  try {
    for await (const part of child.stdout) yield part as Uint8Array;
    const code = await ended;
    whole = true;
    signal.throwIfAborted();
    if (code !== 0) throw new GitError(said);
  } finally {
    signal.removeEventListener("abort", stop);
    if (!whole) stop();
  }
}

/** What it writes, as text; for what is short. */
export async function askGit(args: readonly string[], folder: string, signal: AbortSignal): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of runGit(args, folder, signal)) parts.push(part);
  return Buffer.concat(parts).toString("utf8").trim();
}

function environment(home: string): NodeJS.ProcessEnv {
  const { PATH, NODE_ENV, GIT_SSL_CAINFO, GIT_SSL_CAPATH } = process.env;
  return {
    PATH,
    NODE_ENV,
    HOME: home,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ALLOW_PROTOCOL: "https",
    // Authorities of the operator's own, as git itself knows them.
    ...(GIT_SSL_CAINFO && { GIT_SSL_CAINFO }),
    ...(GIT_SSL_CAPATH && { GIT_SSL_CAPATH }),
  };
}
