import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/**
 * Two projects: `unit` needs nothing but Node, `engine` needs real Docker engines (scripts/engines.mjs).
 * A file that needs a DOM says so in its first line: `// @vitest-environment jsdom`.
 */
export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      "@": import.meta.dirname,
      // It throws outside Next's server build, which is its purpose there and in the way here.
      "server-only": `${import.meta.dirname}/node_modules/server-only/empty.js`,
    },
  },
  test: {
    // Left to itself Vitest keeps one core free, of two.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: ["tests/e2e/**", "tests/engine/**"],
          setupFiles: ["tests/laws.ts"],
          // To load what it tests takes a file longer than its tests: it is loaded once for all. What a test changes
          // of the world (a clock, a global, a module) it puts back.
          pool: "threads",
          isolate: false,
          // Nothing here is a test of speed: a busy machine must not fail one.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        extends: true,
        test: {
          name: "engine",
          include: ["tests/engine/**/*.test.ts"],
          // Engines share two cores: one file at a time, with time for a first start.
          fileParallelism: false,
          retry: 1,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
