#!/usr/bin/env node
// Runs the command line, built anew first where its sources are at hand and newer than the bundle.
import { existsSync } from "node:fs";

const bundle = new URL("../dist/stagecraft.mjs", import.meta.url);
const builder = new URL("../cli/build.mjs", import.meta.url);
if (existsSync(builder)) {
  const { bundleIfStale } = await import(builder);
  await bundleIfStale();
}
const { run } = await import(bundle);
await run(process.argv.slice(2));
