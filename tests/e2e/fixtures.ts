import { type BrowserContext, test as base, type Page } from "@playwright/test";
import { startEngine } from "../../scripts/engines.mjs";
import { type Server, startServer } from "./server";

export { expect } from "@playwright/test";

interface Shared {
  /** Socket of the Docker engine that the server builds on. */
  engine: string;
  server: Server;
  /** Page of the tests that share one; a worker in which a test fails is given up, and its page with it. */
  kept: { page: Page; context: BrowserContext };
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
  kept: [
    async ({ browser, server }, use) => {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: { width: 1440, height: 900 },
      });
      await use({ context, page: await context.newPage() });
      await context.close();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  otherPage: async ({ browser, server }, use) => {
    const context = await browser.newContext({ baseURL: server.url });
    await use(await context.newPage());
    await context.close();
  },
});

/**
 * For tests of many small things done to one text: they follow each other on one page, as a person's doings would.
 * Each opens its text by `Editor.openKept`.
 */
export const testOnOnePage = test.extend({
  page: async ({ kept }, use) => use(kept.page),
  context: async ({ kept }, use) => use(kept.context),
});
