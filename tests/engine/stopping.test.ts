/** Builds that do not run to their end: stopped by a person, or by a host that goes away. */
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { createHosts } from "@/lib/build/server/hosts";
import { build, fresh, onEveryEngine } from "./builds";

onEveryEngine("stopping", ({ host, socket, kind }) => {
  it("stops the process on the host within a second", async () => {
    const seconds = 1_000_000 + Math.floor(Math.random() * 1_000_000);
    const cancel = new AbortController();
    const running = build(host(), {
      dockerfile: `FROM busybox\nRUN echo ${fresh()} && sleep ${seconds}\n`,
      signal: cancel.signal,
    });
    await vi.waitFor(() => expect(processes(`sleep ${seconds}`)).toBe(1), { timeout: 30_000, interval: 20 });
    const abortedAt = Date.now();
    cancel.abort();
    const told = await running;
    expect(Date.now() - abortedAt).toBeLessThan(1000);
    expect(told.finished).toEqual({ type: "finished", status: "canceled" });
    const left = Math.max(0, abortedAt + 1000 - Date.now());
    await vi.waitFor(() => expect(processes(`sleep ${seconds}`)).toBe(0), { timeout: left, interval: 10 });
    const step = told
      .all("vertex")
      .filter(({ name }) => name.includes(`sleep ${seconds}`))
      .at(-1);
    expect(step?.completed).toBeGreaterThan(0);

    const next = await build(host(), { dockerfile: "FROM busybox\nRUN echo next\n" });
    expect(next.finished.status).toBe("succeeded");
  });

  it.each([0, 1, 30])("ends as canceled when stopped after %i ms", async (after) => {
    const cancel = new AbortController();
    if (after === 0) cancel.abort();
    else setTimeout(() => cancel.abort(), after);
    const told = await build(host(), {
      dockerfile: `FROM busybox AS a\nRUN echo ${fresh()} && sleep 60\nFROM busybox\nCOPY --from=a / /a\n`,
      signal: cancel.signal,
    });
    expect(told.finished).toEqual({ type: "finished", status: "canceled" });
  });

  it("tells that the connection was lost, with everything up to then, and builds again once it is back", async () => {
    const relay = await Relay.to(socket());
    const hosts = createHosts({ dockerHost: `unix://${relay.socket}`, home: tmpdir() });
    try {
      const through = await hosts.connect();
      const told = await build(through, {
        dockerfile: `FROM busybox\nRUN echo ${fresh()} && echo last words && sleep 30\n`,
        onEvent(event) {
          if (event.type === "log" && event.text.includes("last words")) relay.cut();
        },
      });
      expect(told.finished).toMatchObject({
        status: "failed",
        error: {
          message: expect.stringMatching(/connection to the Docker host .* was lost/),
          hint: expect.any(String),
        },
      });
      expect(told.output(0, 1)).toContain("last words");
      const again = await build(through, { dockerfile: "FROM busybox\nRUN echo again\n" });
      expect(again.finished.status).toBe("succeeded");
    } finally {
      hosts.close();
      await relay.close();
    }
  });

  // Waits for the time a host may be silent; what kind of engine is silent does not matter.
  if (kind === "28-overlay2")
    it("notices a connection that has gone silent", async () => {
      const relay = await Relay.to(socket());
      const hosts = createHosts({ dockerHost: `unix://${relay.socket}`, home: tmpdir() });
      try {
        const through = await hosts.connect();
        let silentSince = 0;
        let finishedAt = 0;
        const told = await build(through, {
          dockerfile: `FROM busybox\nRUN echo ${fresh()} && echo last words && sleep 30\n`,
          onEvent(event) {
            if (event.type === "finished") finishedAt = Date.now();
            if (event.type !== "log" || !event.text.includes("last words") || silentSince) return;
            silentSince = Date.now();
            relay.freeze();
          },
        });
        expect(told.finished).toMatchObject({
          status: "failed",
          error: { message: expect.stringContaining("was lost") },
        });
        expect(finishedAt - silentSince).toBeLessThan(13_000);
      } finally {
        hosts.close();
        await relay.close();
      }
    });
});

/** Processes of this machine with that command line: the engines run their steps here. */
function processes(commandLine: string): number {
  const wanted = `${commandLine.split(" ").join("\0")}\0`;
  return readdirSync("/proc").filter((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      return readFileSync(`/proc/${entry}/cmdline`, "utf8") === wanted;
    } catch {
      return false;
    }
  }).length;
}

/** Stands between the client and the engine, and can vanish as an engine or a network does. */
class Relay {
  private readonly pairs = new Set<[net.Socket, net.Socket]>();

  private constructor(
    readonly socket: string,
    private readonly folder: string,
    private readonly server: net.Server,
  ) {}

  static async to(engine: string): Promise<Relay> {
    const folder = await mkdtemp(join(tmpdir(), "stagecraft-relay-"));
    const server = net.createServer();
    const relay = new Relay(join(folder, "docker.sock"), folder, server);
    server.on("connection", (client) => {
      const upstream = net.connect(engine);
      const pair: [net.Socket, net.Socket] = [client, upstream];
      relay.pairs.add(pair);
      for (const side of pair) side.on("error", () => {});
      client.pipe(upstream).pipe(client);
    });
    await new Promise<void>((listening) => server.listen(relay.socket, listening));
    return relay;
  }

  /** As when the engine is killed. */
  cut(): void {
    for (const [client, upstream] of this.pairs) {
      client.destroy();
      upstream.destroy();
    }
    this.pairs.clear();
  }

  /** As when a cable is pulled: nothing comes any more, nothing is closed. */
  freeze(): void {
    for (const [client, upstream] of this.pairs) {
      client.unpipe(upstream);
      upstream.unpipe(client);
    }
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((closed) => this.server.close(closed));
    await rm(this.folder, { recursive: true, force: true });
  }
}
