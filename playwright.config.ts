import { defineConfig } from "@playwright/test";
import { browserPath } from "./scripts/test/programs.mjs";

/** A real browser against a production build, which tests/e2e/fixtures.ts starts on a port and data folder of its own. */
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results/e2e",
  // Each with a server of its own; one engine stands behind all of them.
  workers: 2,
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: "list",
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: browserPath() ?? undefined,
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
