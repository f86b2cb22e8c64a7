/** The product's HTTP interface as a browser would speak it, without the browser. */
import type { BuildEvent, BuildOptions } from "../../lib/build/events";
import { buildEventSchema } from "../../lib/build/events";

export class Product {
  private readonly cookies = new Map<string, string>();

  /** A new visitor. */
  constructor(readonly url: string) {}

  async call(method: string, path: string, body?: BodyInit, type = "application/json"): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers: Record<string, string> = { cookie, origin: this.url };
    if (body !== undefined) headers["content-type"] = type;
    const response = await fetch(`${this.url}${path}`, { method, headers, body });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (name) this.cookies.set(name, value ?? "");
    }
    return response;
  }

  async createDocument(body: { title?: string; text?: string; template?: string }): Promise<string> {
    const response = await this.call("POST", "/api/documents", JSON.stringify(body));
    if (response.status !== 201)
      throw new Error(`Creating a document: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { id: string }).id;
  }

  /** Builds to the end and returns every event. */
  async build(document: string, options: Partial<BuildOptions>): Promise<BuildEvent[]> {
    const response = await this.call(
      "POST",
      `/api/documents/${document}/builds`,
      JSON.stringify({ options }),
    );
    if (response.status !== 201)
      throw new Error(`Starting a build: ${response.status} ${await response.text()}`);
    const { id } = (await response.json()) as { id: string };
    const events = await this.events(`/api/builds/${id}/events`);
    const last = events.at(-1);
    if (last?.type !== "finished" || last.status !== "succeeded") {
      throw new Error(`The build did not succeed: ${JSON.stringify(last)}`);
    }
    return events;
  }

  async events(path: string): Promise<BuildEvent[]> {
    const events: BuildEvent[] = [];
    for await (const event of this.stream(path)) events.push(event);
    return events;
  }

  /** A stream of server-sent events to its end, as they come. */
  async *stream(path: string): AsyncGenerator<BuildEvent> {
    const response = await this.call("GET", path);
    let rest = "";
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + piece).split("\n\n");
      rest = blocks.pop()!;
      for (const block of blocks) {
        if (/^event: end$/m.test(block)) continue;
        const line = block.split("\n").find((each) => each.startsWith("data: "));
        if (line) yield buildEventSchema.parse(JSON.parse(line.slice("data: ".length)));
      }
    }
  }
}
