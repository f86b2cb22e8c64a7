/** Plain calls to an engine's HTTP API over its unix socket: no client program, no dependency. */
import { request } from "node:http";

/**
 * @param {string} socket
 * @param {string} method
 * @param {string} path
 * @param {import("node:stream").Readable} [body]
 * @returns {Promise<{status: number, text: string}>}
 */
export function engineCall(socket, method, path, body) {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: socket, method, path, timeout: body ? 0 : 10_000 }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.on("error", reject);
    });
    call.on("error", reject);
    call.on("timeout", () => call.destroy(new Error(`${method} ${path} got no answer within 10 s`)));
    if (body) body.on("error", reject).pipe(call);
    else call.end();
  });
}

/** The engine's version, or null where nothing answers. */
export async function engineVersion(socket) {
  try {
    const { status, text } = await engineCall(socket, "GET", "/version");
    return status === 200 ? JSON.parse(text).Version : null;
  } catch {
    return null;
  }
}
