/** Prisma's client, Next's production build and the server bundle: each made again only when its sources changed. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { mustRun } from "../engines/process.mjs";
import { prismaEnvironment } from "./dependencies.mjs";

const schemaSources = ["prisma", "prisma.config.ts", "package-lock.json"];
const productSources = [
  ...[
    "app",
    "components",
    "lib",
    "server",
    "public",
    "prisma",
    "next.config.ts",
    "next.d.ts",
    "tsconfig.json",
  ],
  ...["instrumentation.ts", "proxy.ts", "postcss.config.mjs", "package.json", "package-lock.json"],
];

export const buildFolder = () => process.env.STAGECRAFT_DIST || ".next";

export async function ensureClient(root, say) {
  await whenChanged(root, schemaSources, "node_modules/.stagecraft-client", "lib/db/generated", async () => {
    say("Preparing the database client…");
    await mustRun(process.execPath, [join(root, "node_modules/prisma/build/index.js"), "generate"], {
      cwd: root,
      env: prismaEnvironment,
    });
  });
}

export async function ensureBuild(root, say) {
  const dist = buildFolder();
  await whenChanged(
    root,
    productSources,
    join(dist, "stagecraft-sources"),
    join(dist, "BUILD_ID"),
    async () => {
      say("Building…");
      const env = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
      const next = join(root, "node_modules/next/dist/bin/next");
      await mustRun(process.execPath, [next, "build"], { cwd: root, env });
      await mustRun(process.execPath, [join(root, "server/build.mjs")], { cwd: root, env });
    },
  );
}

/** Runs `make` unless the stamp names these very sources and the result is there. */
async function whenChanged(root, sources, stamp, result, make) {
  const now = await contentHash(root, sources);
  const before = await readFile(join(root, stamp), "utf8").catch(() => "");
  if (before === now && existsSync(join(root, result))) return;
  await rm(join(root, stamp), { force: true });
  await make();
  await mkdir(dirname(join(root, stamp)), { recursive: true });
  await writeFile(join(root, stamp), now);
}

/** Of names and contents; what is generated (lib/db/generated) follows from the rest. */
async function contentHash(root, sources) {
  const hash = createHash("sha256").update(process.versions.node.split(".")[0]);
  const visit = async (path) => {
    if (path.endsWith("/generated") && path.startsWith("lib/db")) return;
    const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => null);
    if (entries) {
      const names = entries.map((entry) => entry.name).sort();
      for (const name of names) await visit(`${path}/${name}`);
    } else if (existsSync(join(root, path))) {
      hash.update(`\0${path}\0`).update(await readFile(join(root, path)));
    }
  };
  for (const source of sources) await visit(source);
  return hash.digest("hex");
}
