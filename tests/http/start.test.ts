import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "@/lib/config";
import { keptBuildKey } from "@/server/build-key";
import { lockFolder } from "@/server/lock";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagecraft-start-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the server's entry until it ends by itself. */
function start(environment: Record<string, string>): Promise<{ code: number | null; errors: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, STAGECRAFT_DATA: folder, ...environment };
    const child = spawn(process.execPath, ["--import", "tsx", "server/main.ts"], { env });
    let errors = "";
    child.stderr.on("data", (part) => {
      errors += part;
    });
    child.on("close", (code) => resolve({ code, errors }));
  });
}

describe("the server says why it cannot start, and what to do", () => {
  test("when its port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const { code, errors } = await start({ PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(errors).toContain(`Port ${port} on 127.0.0.1 is taken`);
    expect(errors).toContain(`npm start -- --port ${port + 1}`);
    expect(errors).not.toContain("    at ");
  }, 20_000);

  test("when another works with its folder", async () => {
    const lock = await lockFolder(folder);
    const { code, errors } = await start({ PORT: "0" });
    await lock?.release();
    expect(code).toBe(1);
    expect(errors).toContain(`Another Stagecraft already works with the folder ${folder}`);
  }, 20_000);

  test.each<[string, (file: string) => Record<string, string>, string]>([
    ["its folder is none", (file) => ({ STAGECRAFT_DATA: file }), "--data OTHER-FOLDER"],
    ["its folder cannot be made", (file) => ({ STAGECRAFT_DATA: `${file}/data` }), "--data OTHER-FOLDER"],
    ["its database is none", (file) => ({ DATABASE_URL: `file:${file}` }), "DATABASE_URL"],
    ["its database cannot be made", (file) => ({ DATABASE_URL: `file:${file}/x.db` }), "DATABASE_URL"],
  ])(
    "when %s",
    async (_what, environment, hint) => {
      const file = join(folder, "some.txt");
      writeFileSync(file, "what somebody wrote, and no database at all\n".repeat(10));
      const { code, errors } = await start({ PORT: "0", ...environment(file) });
      expect(code).toBe(1);
      expect(errors).toContain(file);
      expect(errors).toContain(hint);
      expect(errors).not.toContain("    at ");
    },
    20_000,
  );

  test("when its settings make no sense, all of them at once", async () => {
    const { code, errors } = await start({
      PORT: "http",
      STAGECRAFT_CONTEXT_LIMIT: "-1",
      DATABASE_URL: "mysql://x",
    });
    expect(code).toBe(1);
    for (const name of ["PORT", "STAGECRAFT_CONTEXT_LIMIT", "DATABASE_URL"])
      expect(errors).toContain(`  ${name}: `);
  }, 20_000);
});

describe("a folder's lock", () => {
  test("is one server's, until that lets go", async () => {
    const first = await lockFolder(folder);
    expect(await lockFolder(folder)).toBeNull();
    await first?.release();
    const second = await lockFolder(folder);
    expect(second).not.toBeNull();
    await second?.release();
  });

  test("goes with a killed process", async () => {
    const script = `import("@/server/lock").then(async ({ lockFolder }) => { globalThis.held = await lockFolder(${JSON.stringify(folder)}); console.log("held"); setInterval(() => {}, 1000); })`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect(await lockFolder(folder)).toBeNull();
    child.kill("SIGKILL");
    await new Promise((resolve) => child.on("close", resolve));
    const lock = await lockFolder(folder);
    expect(lock).not.toBeNull();
    await lock?.release();
  }, 20_000);
});

test("the build key stays the same, and is for the owner's eyes", async () => {
  const key = await keptBuildKey(folder);
  expect(key).toMatch(/^[\w-]{32}$/);
  expect(await keptBuildKey(folder)).toBe(key);
  expect(statSync(join(folder, "build-key")).mode & 0o077).toBe(0);
});

test.each([
  [{}, { port: 3000, host: "127.0.0.1", loopback: true, contextLimit: 500_000_000, data: "/root/data" }],
  [{ HOST: "::1" }, { loopback: true }],
  [{ HOST: "0.0.0.0" }, { loopback: false }],
  [
    { HOST: "", PORT: "" },
    { host: "127.0.0.1", port: 3000 },
  ],
  [{ STAGECRAFT_DATA: "/var/x" }, { data: "/var/x", databaseUrl: "file:/var/x/stagecraft.db" }],
  [{}, { buildSshAgent: undefined }],
  [{ STAGECRAFT_BUILD_SSH_AGENT: "/run/agent" }, { buildSshAgent: "/run/agent" }],
  [{ DATABASE_URL: "file:/db/a.db" }, { databaseUrl: "file:/db/a.db" }],
  [{ DATABASE_URL: "file:a.db" }, { databaseUrl: "file:a.db" }],
  [{ DATABASE_URL: "file:///db/a.db" }, { databaseUrl: "file:///db/a.db" }],
])("with %o the settings are %o", (environment, expected) => {
  expect(readConfig(environment, "/root")).toMatchObject(expected);
});

test.each(["postgres://me@db/x", "file:", "file:/", "file://db/a.db", "file::memory:", "a.db"])(
  "no database is at %s",
  (url) => {
    expect(() => readConfig({ DATABASE_URL: url }, "/root")).toThrow(/DATABASE_URL: .*SQLite.*file:\//);
  },
);
