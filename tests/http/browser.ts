/**
 * A browser without pages: asks the real route handlers as Next would, keeping cookies. What Next does in between
 * (matching the address) is done here from the folders of app/api.
 */
import { provideServices, type Services } from "@/lib/http/services";

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

export const ORIGIN = "http://127.0.0.1:3000";

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects of an answer
  body: any;
}

type Route = Record<string, Handler>;

const files = (
  import.meta as unknown as { glob(pattern: string): Record<string, () => Promise<Route>> }
).glob("../../app/api/**/route.ts");
const routes = Object.entries(files)
  .map(([file, load]) => ({ load, parts: file.split("/").slice(3, -1) }))
  // The catch-all comes last.
  .sort((a, b) => Number(a.parts.join().includes("...")) - Number(b.parts.join().includes("...")));

function match(path: string): { load: () => Promise<Route>; params: Record<string, string> } {
  const steps = path.split("/").filter(Boolean).map(decodeURIComponent);
  for (const { load, parts } of routes) {
    const rest = parts.at(-1)?.startsWith("[...");
    if (!rest && parts.length !== steps.length) continue;
    const params: Record<string, string> = {};
    const fits = parts.every((part, i) => {
      if (part.startsWith("[...")) return true;
      if (!part.startsWith("[")) return part === steps[i];
      params[part.slice(1, -1)] = steps[i] ?? "";
      return steps[i] !== undefined;
    });
    if (fits) return { load, params };
  }
  throw new Error(`No route for ${path}`);
}

export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    services: Services,
    private readonly origin = ORIGIN,
    private readonly headers: Record<string, string> = {},
  ) {
    provideServices(services);
  }

  /** The answer as it is, for streams. */
  async send(
    method: string,
    path: string,
    body?: BodyInit | null,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ) {
    const url = new URL(path, this.origin);
    const { load, params } = match(url.pathname);
    const handler = (await load())[method];
    if (!handler) return new Response(null, { status: 405 });
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const request = new Request(url, {
      method,
      body,
      signal,
      // @ts-expect-error: Node needs it for a body that streams, and its types do not know it
      duplex: "half",
      headers: {
        host: url.host,
        ...(method !== "GET" && !("x-without-origin" in headers) && { origin: this.origin }),
        ...(cookie && { cookie }),
        ...this.headers,
        ...headers,
      },
    });
    const response = await handler(request, { params: Promise.resolve(params) });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      this.cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return response;
  }

  async ask(
    method: string,
    path: string,
    body?: BodyInit | null,
    headers?: Record<string, string>,
  ): Promise<Answer> {
    const response = await this.send(method, path, body, headers);
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("json");
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }

  get(path: string): Promise<Answer> {
    return this.ask("GET", path);
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    return this.ask("POST", path, JSON.stringify(body), { "content-type": "application/json" });
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.ask("PUT", path, JSON.stringify(body), { "content-type": "application/json" });
  }

  delete(path: string): Promise<Answer> {
    return this.ask("DELETE", path);
  }

  putZip(path: string, zip: Uint8Array): Promise<Answer> {
    return this.ask("PUT", path, new Uint8Array(zip), { "content-type": "application/zip" });
  }

  async update(
    id: string,
    update: Uint8Array,
    vector?: Uint8Array,
  ): Promise<{ status: number; bytes: Uint8Array }> {
    const query = vector ? `?sv=${encodeURIComponent(Buffer.from(vector).toString("base64"))}` : "";
    const path = `/api/documents/${id}/updates${query}`;
    const type = { "content-type": "application/octet-stream" };
    const response = await this.send("POST", path, new Uint8Array(update), type);
    return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
  }
}
