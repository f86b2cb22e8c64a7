import { defineConfig } from "prisma/config";

/** For Prisma's own commands only; the server finds its database through lib/config. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "file:./data/stagecraft.db" },
});
