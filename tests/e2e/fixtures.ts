import { test as base, type Page } from "@playwright/test";
import { startEngine } from "../../scripts/engines.mjs";
import { type Server, startServer } from "./server";

export { expect } from "@playwright/test";

interface Shared {
  /** Socket of the Docker engine that the server builds on. */
  engine: string;
  server: Server;
}

interface Each {
  /** A browser of its own, sharing nothing with `page`. */
  otherPage: Page;
}

export const test = base.extend<Each, Shared>({
  engine: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this very pattern
    async ({}, use) => {
      const engine = await startEngine("20.10");
      await use(engine.socket);
      await engine.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  server: [
    async ({ engine }, use) => {
      const server = await startServer({ DOCKER_HOST: `unix://${engine}` });
      await use(server);
      await server.remove();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  otherPage: async ({ browser, server }, use) => {
    const context = await browser.newContext({ baseURL: server.url });
    await use(await context.newPage());
    await context.close();
  },
});
