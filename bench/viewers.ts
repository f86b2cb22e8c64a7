/**
 * One live build that many people watch by its link: whether each of them gets every event in order, how long after it
 * happened, and what each costs the server.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type EngineKind, startEngine } from "../scripts/engines.mjs";
import { Product } from "../tests/e2e/product";
import { startServer } from "../tests/e2e/server";
import { highest, mb, memoryOf } from "./server-memory";

const SECONDS = 20;
/** As a compiler that has much to say: ten lines a second, each at its own time. */
const TEXT = `FROM busybox:musl
RUN i=0; while [ $i -lt ${SECONDS * 10} ]; do echo "line $i of a compiler that has something to say"; i=$((i+1)); usleep 100000; done
`;

interface Crowd {
  viewers: number;
  events: number;
  /** Viewers that missed an event, or had one twice or out of order. */
  wrong: number;
  /** Milliseconds from when an event happened to when it was with a viewer, over all events and viewers. */
  median: number;
  p95: number;
  most: number;
}

export async function benchViewers(kind: EngineKind, viewers: number): Promise<void> {
  const engine = await startEngine(kind);
  const server = await startServer({ DOCKER_HOST: `unix://${engine.socket}` });
  try {
    const product = new Product(server.url);
    const document = await product.createDocument({ text: TEXT });
    const link = await product.call("POST", `/api/documents/${document}/links`);
    const { token } = (await link.json()) as { token: string };
    const started = await product.call(
      "POST",
      `/api/documents/${document}/builds`,
      JSON.stringify({ options: { noCache: true } }),
    );
    if (started.status !== 201)
      throw new Error(`Starting a build: ${started.status} ${await started.text()}`);
    const { id } = (await started.json()) as { id: string };
    const before = await memoryOf(server.data);
    const crowd = watch(`${server.url}/api/shared/${token}/builds/${id}/events`, viewers);
    const most = await highest(() => memoryOf(server.data), crowd);
    const { events, wrong, median, p95, most: longest } = await crowd;
    console.log(
      `viewers on ${kind}: ${viewers} of one build of ${SECONDS} s, ${events} events each, ${wrong} viewers with a gap; ` +
        `delay median ${median} ms, p95 ${p95} ms, most ${longest} ms; ` +
        `server ${mb(before)} before, ${mb(most)} at most: ${((most - before) / viewers / 1024).toFixed(0)} kB a viewer`,
    );
  } finally {
    await server.remove();
    await engine.stop();
  }
}

/** In a process of its own, so that who watches does not slow who serves. */
function watch(url: string, viewers: number): Promise<Crowd> {
  return new Promise((done, fail) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "viewer-crowd.mjs"), url, String(viewers)],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    createInterface(child.stdout).on("line", (line) => done(JSON.parse(line) as Crowd));
    child.on("error", fail);
    child.on("close", (code) => code !== 0 && fail(new Error(`The viewers ended with ${code}.`)));
  });
}
