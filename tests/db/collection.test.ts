import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = process.cwd();

/** glibc overwrites what is given back: who uses it again, or gives it back twice, fails at once and not now and then. */
const STRICT = { GLIBC_TUNABLES: "glibc.malloc.tcache_count=0", MALLOC_PERTURB_: "118", MALLOC_CHECK_: "3" };

test.each(["closed", "left open"])(
  "collecting what a database left gives no memory back twice: %s",
  async (ending) => {
    const folder = mkdtempSync(join(tmpdir(), "stagecraft-db-"));
    try {
      const script = join(ROOT, "tests/db/collected.ts");
      const args = [
        "--expose-gc",
        "--import",
        "tsx",
        script,
        `file:${join(folder, "test.db")}`,
        ROOT,
        ending,
      ];
      const child = spawn(process.execPath, args, { env: { ...process.env, ...STRICT }, stdio: "inherit" });
      const ended = await new Promise((done) => child.once("exit", (code, signal) => done(signal ?? code)));
      expect(ended).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
