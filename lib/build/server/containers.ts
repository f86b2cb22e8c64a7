/**
 * Containers from what was built: without a network, bounded in memory, processors, processes and time, and gone
 * afterwards. Docker Engine API: ContainerCreate, ContainerAttach, ContainerStart, ContainerWait.
 */
import http from "node:http";
import type { Duplex } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { RUN_LIMITS, type RunEvent } from "../run";
import { EngineApiError } from "./engine-api";
import type { HostConnection } from "./host-connection";

/** On every container that was started here, with the build that it is from. */
const LABEL = "stagecraft.run";

/** With what starting and taking away may add. */
export const LONGEST_MS = (RUN_LIMITS.seconds + 30) * 1_000;

interface ImageConfig {
  Id: string;
  Config: { Entrypoint: string[] | null; Cmd: string[] | null; Shell?: string[] | null };
}

/**
 * Runs the image and tells what happens, ending with `ended` or `failed`. Never throws. Where `signal` aborts, the
 * container is stopped.
 */
export async function* runContainer(
  host: HostConnection,
  { image, build, command }: { image: string; build: string; command: string | null },
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  let container: string | null = null;
  const begun = Date.now();
  try {
    const { Config } = await host.api.call<ImageConfig>("GET", `/images/${encodeURIComponent(image)}/json`);
    const instead = command === null ? null : [...(Config.Shell ?? ["/bin/sh", "-c"]), command];
    const words = instead ?? [...(Config.Entrypoint ?? []), ...(Config.Cmd ?? [])];
    if (words.length === 0) {
      yield {
        type: "failed",
        message: "The image has neither ENTRYPOINT nor CMD, so there is nothing to run.",
        hint: "Add one to the last stage, or give a command.",
      };
      return;
    }
    const made = await host.api.call<{ Id: string }>("POST", "/containers/create", {
      body: settings(image, build, instead),
    });
    container = made.Id;
    const output = await attach(host, container);
    const exited = host.api.wait(container, AbortSignal.timeout(LONGEST_MS));
    exited.catch(() => {});
    await host.api.call("POST", `/containers/${container}/start`);
    yield { type: "started", command: words, image };

    let why: "exited" | "timeout" | "stopped" = "exited";
    const end = (reason: "timeout" | "stopped") => {
      why = reason;
      void host.api.call("POST", `/containers/${container}/kill`).catch(() => {});
    };
    const timer = setTimeout(() => end("timeout"), RUN_LIMITS.seconds * 1_000);
    const stop = () => end("stopped");
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    let cut = 0;
    try {
      let left: number = RUN_LIMITS.outputBytes;
      for await (const { stream, bytes, text } of frames(output)) {
        if (left <= 0) cut += bytes;
        else yield { type: "output", stream, text };
        left -= bytes;
      }
      const exitCode = await exited;
      const { State } = await host.api.call<{ State: { OOMKilled: boolean } }>(
        "GET",
        `/containers/${container}/json`,
      );
      yield {
        type: "ended",
        exitCode: why === "exited" ? exitCode : null,
        reason: why === "exited" && State.OOMKilled ? "memory" : why,
        milliseconds: Date.now() - begun,
        cut,
      };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      output.destroy();
    }
  } catch (error) {
    yield { type: "failed", ...inWords(error) };
  } finally {
    if (container) await remove(host, container);
  }
}

/**
 * Takes away what servers left on a host that ended in the midst of it: containers older than any may get, since a
 * younger one may be another server's. `age` is in milliseconds.
 */
export async function removeContainers(host: HostConnection, age = LONGEST_MS): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ label: [LABEL] }));
  const left = await host.api.call<{ Id: string; Created: number }[]>(
    "GET",
    `/containers/json?all=1&filters=${filters}`,
  );
  for (const { Id, Created } of left) if (Date.now() - Created * 1_000 >= age) await remove(host, Id);
}

async function remove(host: HostConnection, container: string): Promise<void> {
  await host.api.call("DELETE", `/containers/${container}?force=1&v=1`).catch((error) => {
    if (!(error instanceof EngineApiError && error.status === 404)) {
      console.error(`The container ${container} stays on the host:`, error);
    }
  });
}

function settings(image: string, build: string, command: string[] | null): object {
  return {
    Image: image,
    // An entrypoint of its own would take the command as its arguments.
    ...(command ? { Entrypoint: command, Cmd: [] } : {}),
    Labels: { [LABEL]: build },
    AttachStdout: true,
    AttachStderr: true,
    StopTimeout: 1,
    HostConfig: {
      NetworkMode: "none",
      Memory: RUN_LIMITS.memoryBytes,
      // No swap on top.
      MemorySwap: RUN_LIMITS.memoryBytes,
      NanoCpus: RUN_LIMITS.processors * 1e9,
      PidsLimit: RUN_LIMITS.processes,
      SecurityOpt: ["no-new-privileges"],
      LogConfig: { Type: "none" },
    },
  };
}

/** What the container writes, as the Engine frames it. */
async function attach(host: HostConnection, container: string): Promise<Duplex> {
  const socket = await host.dial();
  return new Promise((resolve, reject) => {
    const request = http.request({
      createConnection: () => socket,
      method: "POST",
      path: `/containers/${container}/attach?stream=1&stdout=1&stderr=1`,
      headers: { Host: "docker", Connection: "Upgrade", Upgrade: "tcp" },
    });
    request.once("upgrade", (_response, stream, head) => {
      if (head.length > 0) stream.unshift(head);
      resolve(stream);
    });
    request.once("response", (response) => {
      socket.destroy();
      reject(
        new EngineApiError(response.statusCode ?? 0, "The host does not hand on what a container writes."),
      );
    });
    request.once("error", reject);
    request.end();
  });
}

/** Each frame: a byte for the stream, three of nothing, four for the length, big-endian. Characters stay whole. */
async function* frames(source: Duplex): AsyncGenerator<{ stream: 1 | 2; bytes: number; text: string }> {
  const decoders = { 1: new StringDecoder("utf8"), 2: new StringDecoder("utf8") };
  let stream: 1 | 2 = 1;
  let left = 0;
  let head = Buffer.alloc(0);
  for await (const part of source as AsyncIterable<Buffer>) {
    let rest = part;
    while (rest.length > 0) {
      if (left === 0) {
        const more = rest.subarray(0, 8 - head.length);
        head = Buffer.concat([head, more]);
        rest = rest.subarray(more.length);
        if (head.length < 8) break;
        stream = head[0] === 2 ? 2 : 1;
        left = head.readUInt32BE(4);
        head = Buffer.alloc(0);
        continue;
      }
      const piece = rest.subarray(0, left);
      left -= piece.length;
      rest = rest.subarray(piece.length);
      const text = decoders[stream].write(piece);
      yield { stream, bytes: piece.length, text };
    }
  }
}

function inWords(error: unknown): { message: string; hint?: string } {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof EngineApiError && error.status === 404 && /no such image/i.test(message)) {
    return {
      message: "The image of this build is not on the host any more.",
      hint: "Build again, then run it.",
    };
  }
  if (/no such file or directory|executable file not found|permission denied|exec format/i.test(message)) {
    return { message: `The container could not be started: ${message}` };
  }
  return { message: `The host did not run it: ${message}` };
}
