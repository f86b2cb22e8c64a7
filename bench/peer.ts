/** What people build with where they have no Stagecraft: buildx, Debian's newest, unpacked aside. */
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { buildxProgram } from "../scripts/engines.mjs";

export interface Peer {
  version: string;
  /** One build to its end, in seconds. Rejects where it fails. */
  build(args: readonly string[], progressFile?: string): Promise<number>;
}

/** `docker buildx build` on the engine that listens on this socket. */
export async function buildx(socket: string): Promise<Peer> {
  const program = await buildxProgram();
  const env = { ...process.env, DOCKER_HOST: `unix://${socket}` };

  function run(args: readonly string[], to: { stdout?: string; stderr?: string } = {}): Promise<string> {
    return new Promise((done, fail) => {
      const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
      let wrong = "";
      if (to.stderr) child.stderr.pipe(createWriteStream(to.stderr));
      else
        child.stderr.on("data", (chunk: Buffer) => {
          wrong += chunk.toString();
        });
      child.on("error", fail);
      child.on("close", (code) =>
        code === 0 ? done(said) : fail(new Error(`docker-buildx ended with ${code}:\n${wrong.slice(-2000)}`)),
      );
    });
  }

  return {
    version: (await run(["version"])).split(" ")[1] ?? "?",
    async build(args, progressFile) {
      const start = performance.now();
      await run(["build", ...args], progressFile ? { stderr: progressFile } : {});
      return (performance.now() - start) / 1000;
    },
  };
}
