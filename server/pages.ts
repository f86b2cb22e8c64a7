/** Next, as the handler of one server. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { join } from "node:path";
import { staticFiles } from "./static-files";

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

export interface PagesSetup {
  dev: boolean;
  root: string;
  host: string;
  port: number;
  server: Server;
}

export async function openPages({ dev, root, host, port, server }: PagesSetup): Promise<Pages> {
  // Next reads this as it is loaded, which is why it is loaded here and not above.
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
  const { default: next } = await import("next");
  const app = next({ dev, dir: root, hostname: host, port, httpServer: server });
  await app.prepare();
  const handler = app.getRequestHandler();
  const serveStatic = staticFiles(join(root, process.env.STAGECRAFT_DIST || ".next", "static"));
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (dev || !(await serveStatic(request, response))) await handler(request, response);
  };
  return {
    handle(request, response) {
      answer(request, response).catch((error: unknown) => {
        console.error("A page failed:", error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
    close: () => app.close(),
  };
}
