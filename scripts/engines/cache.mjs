/**
 * What is expensive to make (unpacked engines, root file systems, the engines' own data) is kept outside the
 * clone, so that a fresh clone finds it. Everything is made under a temporary name and renamed when complete:
 * an interrupted run leaves nothing that looks finished.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { isAlive, sleep } from "./process.mjs";

export function cacheFolder() {
  if (process.env.STAGECRAFT_CACHE) return resolve(process.env.STAGECRAFT_CACHE);
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "stagecraft");
}

/** Runs `make(temporaryPath)` unless `name` is in the cache already; returns its path there. */
export async function cached(name, make) {
  const path = join(cacheFolder(), name);
  if (existsSync(path)) return path;
  return withLock(`make-${name.replaceAll("/", "-")}`, async () => {
    if (existsSync(path)) return path;
    const temporary = `${path}.making-${process.pid}`;
    await mkdir(dirname(path), { recursive: true });
    await rm(temporary, { recursive: true, force: true });
    try {
      await make(temporary);
      await rename(temporary, path);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
    return path;
  });
}

/** One process at a time; a lock whose holder has died is taken over. */
export async function withLock(name, work) {
  const lock = join(cacheFolder(), "locks", name);
  await mkdir(dirname(lock), { recursive: true });
  while (!(await tryLock(lock))) await sleep(100);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function tryLock(lock) {
  try {
    await writeFile(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const holder = Number(await readFile(lock, "utf8").catch(() => "0"));
  // An empty file is a lock just being written; only a named, dead holder gives it up.
  if (holder > 0 && !(await isAlive(holder))) await rm(lock, { force: true });
  return false;
}
