/** The key that opens building to visitors from elsewhere, kept so that it stays the same over restarts. */
import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

export async function keptBuildKey(data: string): Promise<string> {
  const path = join(data, "build-key");
  const kept = (await readFile(path, "utf8").catch(() => "")).trim();
  if (kept.length >= 16) return kept;
  const key = randomBytes(24).toString("base64url");
  await writeFile(path, `${key}\n`, { mode: 0o600 });
  return key;
}
