/** One bounded GET to a registry. */
import http from "node:http";
import https from "node:https";
import { allowedAddress } from "./address";

export interface RegistryAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Bytes of an answer; 10,000 tags have some 200 kB. */
const MAX_BODY = 4_000_000;

export class OversizeError extends Error {
  readonly code = "OVERSIZE";
}

/** `trusted` says whether a host (with its port) may have a private address. Redirects are not followed. */
export function get(
  url: URL,
  headers: Record<string, string>,
  trusted: (host: string) => boolean,
  signal: AbortSignal,
): Promise<RegistryAnswer> {
  return new Promise((resolve, reject) => {
    const allowed = allowedAddress(url, trusted);
    const { request } = url.protocol === "http:" ? http : https;
    const asking = request(url, { headers, signal, ...allowed }, (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on("data", (part: Buffer) => {
        size += part.length;
        if (size > MAX_BODY) response.destroy(new OversizeError());
        else parts.push(part);
      });
      response.once("error", reject);
      response.once("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString("utf8"),
        }),
      );
    });
    asking.once("error", reject);
    asking.end();
  });
}
