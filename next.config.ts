import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import type { NextConfig } from "next";

const dist = process.env.STAGECRAFT_DIST || ".next";

/**
 * Next writes the folder it builds into in the compiler settings. Only the usual folder is named in ours; a build
 * beside it (of a test run, say) gets settings of its own, so that ours stay as they are.
 */
function compilerSettings(): string {
  if (dist === ".next") return "tsconfig.json";
  const path = `.cache/tsconfig${dist.replaceAll("/", "-")}.json`;
  if (!existsSync(path)) {
    mkdirSync(".cache", { recursive: true });
    const include = ["../next.d.ts", "../next-env.d.ts", "../**/*.ts", "../**/*.tsx"];
    writeFileSync(
      path,
      JSON.stringify({ extends: "../tsconfig.json", include, exclude: ["../node_modules"] }),
    );
  }
  return path;
}

const config: NextConfig = {
  distDir: dist,
  poweredByHeader: false,
  reactStrictMode: true,
  // The server has loaded it already, and it wants to be there once.
  serverExternalPackages: ["yjs"],
  // Types are checked by `npm test`, tests and scripts among them: who only starts the product need not wait for that.
  typescript: { tsconfigPath: compilerSettings(), ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  // Security headers, which differ by request, are set in server/gate.ts.
};

export default config;
