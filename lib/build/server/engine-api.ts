/**
 * The few plain calls of the Engine API that builds need. Over the same dial as BuildKit, so that every kind of
 * host (socket, TLS, ssh) is reached in one way.
 */
import http from "node:http";
import type { Duplex } from "node:stream";

/** Far more than any of these calls takes on a host that is alive. */
const CALL_TIMEOUT_MS = 60_000;

const PING_TIMEOUT_MS = 2_000;

export type Dial = () => Promise<Duplex>;

export class EngineApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "EngineApiError";
  }
}

export interface HistoryEntry {
  CreatedBy: string;
  Size: number;
  Comment: string;
}

/** Connections for calls that are soon over. */
const SHORT_CALLS = 8;

export class EngineApi {
  private readonly short: http.Agent;
  /** For what goes on for minutes: whoever asks whether the host is there does not stand in line behind it. */
  private readonly long: http.Agent;

  constructor(dial: Dial) {
    this.short = new DialingAgent(dial, SHORT_CALLS);
    this.long = new DialingAgent(dial, Number.POSITIVE_INFINITY);
  }

  info(signal?: AbortSignal) {
    return this.call<{
      Name: string;
      OSType: string;
      Architecture: string;
      ServerVersion: string;
      Driver: string;
      DriverStatus: [string, string][] | null;
      DockerRootDir: string;
    }>("GET", "/info", { signal });
  }

  /** What the host's clock shows, epoch milliseconds. */
  async time(signal?: AbortSignal): Promise<number> {
    const { SystemTime } = await this.call<{ SystemTime: string }>("GET", "/info", { signal });
    return Date.parse(SystemTime);
  }

  version(signal?: AbortSignal) {
    return this.call<{ Version: string; ApiVersion: string; Os: string; Arch: string }>("GET", "/version", {
      signal,
    });
  }

  /** Whether it is still there: the least that can be asked of an Engine. */
  async answers(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(PING_TIMEOUT_MS);
      (await this.open("/_ping", signal, { agent: this.short })).resume();
      return true;
    } catch {
      return false;
    }
  }

  /** Oldest first, as instructions stand in a Dockerfile. */
  async history(image: string, platform: string | null = null): Promise<HistoryEntry[]> {
    const path = `/images/${image}/history${platformQuery(platform)}`;
    return (await this.call<HistoryEntry[]>("GET", path)).reverse();
  }

  image(image: string) {
    return this.call<{ Id: string }>("GET", `/images/${image}/json`);
  }

  /** Gives an image a further name, as `docker tag` does: an image that had it before loses it. */
  async tag(image: string, name: string): Promise<void> {
    const { repository, tag } = splitName(name);
    await this.call(
      "POST",
      `/images/${image}/tag?repo=${encodeURIComponent(repository)}&tag=${encodeURIComponent(tag)}`,
    );
  }

  /** Sends it to its registry; lines of JSON say how far it is. `login` as X-Registry-Auth. */
  push(name: string, login: string, signal: AbortSignal): Promise<http.IncomingMessage> {
    const { repository, tag } = splitName(name);
    return this.open(`/images/${repository}/push?tag=${encodeURIComponent(tag)}`, signal, {
      method: "POST",
      headers: { "x-registry-auth": login },
    });
  }

  /** All tags whose repository matches a pattern such as `stagecraft-build/*`. */
  async tags(pattern: string): Promise<string[]> {
    const filters = encodeURIComponent(JSON.stringify({ reference: [pattern] }));
    const images = await this.call<{ RepoTags: string[] | null }[]>("GET", `/images/json?filters=${filters}`);
    return images.flatMap((image) => image.RepoTags ?? []);
  }

  /** Every image of the host that has a tag or a digest. */
  images(signal?: AbortSignal) {
    return this.call<{ RepoTags: string[] | null; Size: number; Created: number }[]>("GET", "/images/json", {
      signal,
    });
  }

  /**
   * Takes a tag away, and the image where that was its last one. There is deliberately no way to remove an image
   * by its id: the tags that people gave it would go too.
   */
  async removeTag(tag: string): Promise<void> {
    if (!/:[\w.-]+$/.test(tag)) throw new Error(`“${tag}” is not a tag.`);
    await this.call("DELETE", `/images/${tag}`).catch((error) => {
      if (!(error instanceof EngineApiError && error.status === 404)) throw error;
    });
  }

  /** The answer as it comes, for what is too large to be held. Ends when the signal aborts. */
  open(
    path: string,
    signal: AbortSignal,
    {
      method = "GET",
      headers = {},
      agent = this.long,
    }: { method?: string; headers?: Record<string, string>; agent?: http.Agent } = {},
  ): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = http.request({ agent, method, path, headers, host: "docker", signal });
      request.once("error", reject);
      request.once("response", (response) => {
        const status = response.statusCode ?? 0;
        if (status < 400) return resolve(response);
        response.resume();
        reject(new EngineApiError(status, `HTTP ${status}`));
      });
      request.end();
    });
  }

  /** Resolves to its exit code once a container that is about to be started has ended. */
  async wait(container: string, signal: AbortSignal): Promise<number> {
    const path = `/containers/${container}/wait?condition=next-exit`;
    const { StatusCode } = await this.call<{ StatusCode: number }>("POST", path, {
      signal,
      agent: this.long,
    });
    return StatusCode;
  }

  close(): void {
    this.short.destroy();
    this.long.destroy();
  }

  /** Any call with a JSON answer; `body` is sent as JSON. */
  call<T>(
    method: string,
    path: string,
    { signal, body, agent = this.short }: { signal?: AbortSignal; body?: object; agent?: http.Agent } = {},
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const request = http.request({
        agent,
        method,
        path,
        host: "docker",
        signal: signal ?? AbortSignal.timeout(CALL_TIMEOUT_MS),
        headers: body ? { "content-type": "application/json" } : {},
      });
      request.once("error", reject);
      request.once("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => {
          const body = Buffer.concat(chunks).toString("utf8");
          const status = response.statusCode ?? 0;
          if (status >= 400) return reject(new EngineApiError(status, messageOf(body) || `HTTP ${status}`));
          try {
            resolve((body === "" ? null : JSON.parse(body)) as T);
          } catch {
            reject(new EngineApiError(status, "The address answers, but not as a Docker Engine does."));
          }
        });
      });
      request.end(body && JSON.stringify(body));
    });
  }
}

/** Which image of an index is meant. Engines know it from API 1.48 on; without one the host takes its own. */
export function platformQuery(platform: string | null): string {
  if (platform === null) return "";
  const [os, architecture, variant] = platform.split("/");
  return `?platform=${encodeURIComponent(JSON.stringify({ os, architecture, variant }))}`;
}

function splitName(name: string): { repository: string; tag: string } {
  const colon = name.lastIndexOf(":");
  const tagged = colon > name.lastIndexOf("/");
  return tagged
    ? { repository: name.slice(0, colon), tag: name.slice(colon + 1) }
    : { repository: name, tag: "latest" };
}

function messageOf(body: string): string {
  try {
    return String((JSON.parse(body) as { message?: unknown }).message ?? "");
  } catch {
    return body.trim();
  }
}

class DialingAgent extends http.Agent {
  constructor(
    private readonly dial: Dial,
    maxSockets: number,
  ) {
    super({ keepAlive: true, maxSockets, timeout: 30_000 });
  }

  override createConnection(
    _options: unknown,
    connected: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    this.dial().then(
      (stream) => connected(null, stream),
      (error) => connected(error, undefined as unknown as Duplex),
    );
    return undefined;
  }
}
