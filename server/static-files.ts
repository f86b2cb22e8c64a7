/** What Next compiled for browsers, compressed once and not for each who asks. */
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);
const PREFIX = "/_next/static/";
/** Names as the build gives them: no way leads out of its folder. */
const PLAIN = /^[\w~-]+(?:\.[\w~-]+)*(?:\/[\w~-]+(?:\.[\w~-]+)*)*$/;
const TYPES: Readonly<Record<string, string>> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
};

/** Answers with a script or a style sheet; false where it is another's to answer. */
export type ServeStatic = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** @param folder what Next built; its files never change under their names, and all of them together are a few megabytes */
export function staticFiles(folder: string): ServeStatic {
  const known = new Map<string, Promise<Buffer | null>>();
  const read = async (path: string) => {
    const bytes = await readFile(join(folder, path)).catch(() => null);
    return bytes && compress(bytes, { level: 9 });
  };
  const compressed = async (path: string) => {
    const reading = known.get(path) ?? read(path);
    known.set(path, reading);
    const bytes = await reading;
    // Names that nobody built are not remembered.
    if (!bytes) known.delete(path);
    return bytes;
  };
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : "";
    const type = TYPES[extname(path)];
    if (!type || !PLAIN.test(path) || !takesGzip(request)) return false;
    const bytes = await compressed(path);
    if (!bytes) return false;
    response.writeHead(200, {
      "content-type": type,
      "content-encoding": "gzip",
      "content-length": bytes.length,
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
    });
    response.end(bytes);
    return true;
  };
}

/** Whole, and not already held: the rest is asked of Next. */
function takesGzip({ method, headers }: IncomingMessage): boolean {
  return (
    method === "GET" &&
    headers.range === undefined &&
    headers["if-none-match"] === undefined &&
    headers["if-modified-since"] === undefined &&
    /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s*,|\s*$))/.test(String(headers["accept-encoding"] ?? ""))
  );
}
