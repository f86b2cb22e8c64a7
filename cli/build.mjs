/** Bundles the command line into one file, so that it starts at once. */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const bundle = join(root, "dist/stagecraft.mjs");
const sources = ["cli", "lib/text", "lib/dockerfile", "lib/graph"];

export async function bundleIfStale() {
  const built = changed(bundle);
  if (sources.some((folder) => newerThan(join(root, folder), built))) await build();
}

/** Several may run at once: each writes a file of its own, and the last one stays. */
async function build() {
  const { build: esbuild } = await import("esbuild");
  mkdirSync(dirname(bundle), { recursive: true });
  const fresh = `${bundle}.${process.pid}`;
  try {
    await esbuild({
      entryPoints: [join(root, "cli/main.ts")],
      outfile: fresh,
      bundle: true,
      minify: true,
      keepNames: false,
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "warning",
    });
    renameSync(fresh, bundle);
  } finally {
    rmSync(fresh, { force: true });
  }
}

function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** A folder's own time tells of files that were taken away. */
function newerThan(folder, time) {
  if (changed(folder) > time) return true;
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newerThan(path, time) : changed(path) > time;
  });
}
