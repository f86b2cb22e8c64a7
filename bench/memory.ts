/** What a server holds at most while it records a log and hands it out again, for logs of several lengths. */
import { startEngine } from "../scripts/engines.mjs";
import { Product } from "../tests/e2e/product";
import { startServer } from "../tests/e2e/server";
import { dockerfile, saidBy, throughProduct } from "./logs";
import { highest, mb, memoryOf } from "./server-memory";

const LINES = [200_000, 1_000_000, 2_000_000, 4_000_000];
/** Seconds that a step goes on once it has said all. */
const REST = 2;

/** A new server for each: what one log left would count for the next. */
export async function benchMemory(): Promise<void> {
  const engine = await startEngine("unclipped", { images: ["busybox"] });
  try {
    for (const lines of LINES) {
      const server = await startServer({ DOCKER_HOST: `unix://${engine.socket}` });
      try {
        const product = new Product(server.url);
        const document = await product.createDocument({ text: dockerfile(lines, REST) });
        const before = await memoryOf(server.data);
        const run = throughProduct(product, document);
        const most = await highest(() => memoryOf(server.data), run);
        if ((await run).hash !== saidBy(lines)) throw new Error("What is stored is not what was said.");
        console.log(`${lines} log lines: server ${mb(before)} before, ${mb(most)} at most`);
      } finally {
        await server.remove();
      }
    }
  } finally {
    await engine.stop();
  }
}
