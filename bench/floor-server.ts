/** Serves a page with a peer on it, bundled when it is asked for, and what it is to show as `#shown`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { build } from "esbuild";

export interface Floor {
  url: string;
  close(): void;
}

/** @param worker a module of a package, served as `/worker.js` */
export async function serveFloor(entry: string, shown: unknown, worker?: string): Promise<Floor> {
  const { outputFiles } = await build({
    entryPoints: { page: resolve(import.meta.dirname, entry), ...(worker && { worker }) },
    outdir: "/",
    bundle: true,
    minify: true,
    write: false,
    jsx: "automatic",
    format: "esm",
    loader: { ".ttf": "dataurl" },
    define: { "process.env.NODE_ENV": '"production"' },
    absWorkingDir: resolve(import.meta.dirname, ".."),
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  const html = `<!doctype html><link rel=stylesheet href=/page.css><style>html,body,#root{height:100%;margin:0}</style>
<div id=root></div><script type=application/json id=shown>${JSON.stringify(shown)}</script>
<script type=module src=/page.js></script>`;
  const server = createServer(({ url = "/" }, answer) => {
    const file = files.get(url);
    const type = url.endsWith(".css") ? "text/css" : file ? "text/javascript" : "text/html; charset=utf-8";
    answer.setHeader("content-type", type);
    answer.end(file ?? html);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
