/**
 * Prisma's own schema engine, as WebAssembly: it tells migrations and schema apart without the engine that Prisma
 * downloads. For writing migrations and for the test that proves them; the server never loads it.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type * as Bindings from "@prisma/schema-engine-wasm";
import type { DiffTarget, MigrationList } from "@prisma/schema-engine-wasm";

const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * libSQL runs only the first statement of a migration where the engine hands it over whole, and forgets what is in
 * memory whenever it opens another connection: so migrations are tried out as scripts, in a file.
 */
class ScriptAdapter extends PrismaLibSql {
  override async connectToShadowDb() {
    const folder = mkdtempSync(join(tmpdir(), "stagecraft-"));
    const shadow = await new PrismaLibSql({ url: `file:${join(folder, "shadow.db")}` }).connect();
    shadow.executeRaw = async ({ sql }) => {
      await shadow.executeScript(sql);
      return 0;
    };
    const dispose = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await dispose();
      rmSync(folder, { recursive: true });
    };
    return shadow;
  }
}

/** The SQL that leads from one to the other; empty where they say the same. */
export async function sqlBetween(from: DiffTarget, to: DiffTarget): Promise<string> {
  const result = await withEngine(":memory:", (engine) =>
    engine.diff({ from, to, script: true, exitCode: null, filters: NO_FILTERS }),
  );
  return (result.stdout ?? "").replace(/^-- This is an empty migration\.\s*$/m, "").trim();
}

/** What `prisma migrate status` says of a database. */
export function migrationStatus(databaseUrl: string, folder?: string) {
  const migrationsList = readMigrations(folder);
  return withEngine(databaseUrl, (engine) =>
    engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters: NO_FILTERS }),
  );
}

async function withEngine<T>(
  databaseUrl: string,
  work: (engine: Bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  const bindings = await load();
  const factory: SqlMigrationAwareDriverAdapterFactory = new ScriptAdapter({ url: databaseUrl });
  const engine = await bindings.SchemaEngine.new(
    { datamodels: [["schema.prisma", 'datasource db {\n  provider = "sqlite"\n}']] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
  }
}

export function schemaTarget(path = "prisma/schema.prisma"): DiffTarget {
  return { tag: "schemaDatamodel", files: [{ path, content: readFileSync(path, "utf8") }] };
}

export function migrationsTarget(folder?: string): DiffTarget {
  return { tag: "migrations", ...readMigrations(folder) };
}

function readMigrations(folder = "prisma/migrations"): MigrationList {
  const directories = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: folder,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(join(folder, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: directories.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(folder, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

let loaded: Promise<typeof Bindings> | undefined;

/** Once: the bindings keep views of the memory they were first joined to. */
function load(): Promise<typeof Bindings> {
  loaded ??= joinHalves();
  return loaded;
}

/** Node loads no .wasm through import, which the package expects: its two halves are joined by hand. */
async function joinHalves(): Promise<typeof Bindings> {
  const require = createRequire(import.meta.url);
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = readFileSync(
    join(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"), "../schema_engine_bg.wasm"),
  );
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings as unknown as typeof Bindings;
}
