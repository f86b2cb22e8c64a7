import { type BrowserContext, test as base, type Page, type ViewportSize } from "@playwright/test";
import { startEngine } from "../../scripts/engines.mjs";
import { type Server, startServer } from "./server";

export { expect } from "@playwright/test";

const SIZE = { width: 1440, height: 900 };

/** A page that is as new for each test: nothing open, a visitor never seen before, nothing remembered or allowed. */
class KeptPage {
  /** Whether a test has had it that may have left anything behind. */
  worn = true;

  constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly origin: string,
  ) {}

  async renew(size: ViewportSize, colorScheme: "light" | "dark" | "no-preference"): Promise<void> {
    const { context, page } = this;
    await page.goto("about:blank");
    await context.clearCookies();
    await context.clearPermissions();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Storage.clearDataForOrigin", { origin: this.origin, storageTypes: "local_storage" });
    await devtools.detach();
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: null, forcedColors: null });
    this.worn = false;
  }
}

interface Shared {
  /** Socket of the Docker engine that the server builds on. */
  engine: string;
  server: Server;
  /** The page that the worker's tests have one after the other; where one fails, the worker is given up, and its page. */
  kept: KeptPage;
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
  // A profile of its own, not a private window: such a browser keeps the scripts that it has compiled, and a page opens
  // for half the work.
  kept: [
    async ({ playwright, launchOptions, server }, use) => {
      const context = await playwright.chromium.launchPersistentContext("", {
        ...launchOptions,
        baseURL: server.url,
        viewport: SIZE,
      });
      await use(new KeptPage(context, context.pages()[0]!, server.url));
      await context.close();
    },
    { scope: "worker" },
  ],
  context: async ({ kept }, use) => use(kept.context),
  page: async ({ kept, viewport, colorScheme }, use) => {
    await kept.renew(viewport ?? SIZE, colorScheme ?? "light");
    await use(kept.page);
    kept.worn = true;
  },
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
  page: async ({ kept }, use) => {
    if (kept.worn) await kept.renew(SIZE, "light");
    await use(kept.page);
  },
});
