/** Node's version, and node_modules as the lock file says. Node builtins only: this runs before `npm ci`. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { mustRun } from "../engines/process.mjs";

/** A sentence to show when this Node is too old, or one that the database's client does not run on; else null. */
export function nodeProblem(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major >= 24 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return null;
  return `Stagecraft needs Node 20.19, 22.12, 24 or newer, and this is ${version}. Install one from https://nodejs.org or your distribution, then run the command again.`;
}

/** Runs `npm ci` unless node_modules already is what package-lock.json describes. */
export async function ensureDependencies(root, say) {
  if (await isInstalled(root)) return;
  say("Installing dependencies…");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  if (npm) await mustRun(process.execPath, [npm, ...args], { cwd: root, env: prismaEnvironment });
  else await mustRun("npm", args, { cwd: root, env: prismaEnvironment });
}

/** npm keeps a lock of what it has put in place; it is written last, so a broken install has none. */
async function isInstalled(root) {
  const wanted = await readLock(join(root, "package-lock.json"));
  const present = await readLock(join(root, "node_modules/.package-lock.json"));
  if (!wanted)
    throw new Error("package-lock.json is missing: this folder is not a whole checkout of Stagecraft.");
  if (!present) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === "" || optional) return true; // optional ones are for one platform each
    return present[path]?.version === version;
  });
}

async function readLock(path) {
  try {
    return JSON.parse(await readFile(path, "utf8")).packages;
  } catch {
    return null;
  }
}

/** Prisma would download an engine that only `prisma migrate` uses, which nothing here calls. */
export const prismaEnvironment = {
  PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
};
