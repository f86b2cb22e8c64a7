/** Where a Docker host is looked for, and what is said when there is none. */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHosts, PROBE_TIMEOUT_MS } from "@/lib/build/server/hosts";
import { displayAddress, parseAddress } from "@/lib/build/server/hosts/address";
import { candidates } from "@/lib/build/server/hosts/discovery";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "stagecraft-home-"));
});
afterEach(() => rm(home, { recursive: true }));

async function context(name: string, host: string, tls?: Record<string, string>): Promise<void> {
  const id = createHash("sha256").update(name).digest("hex");
  const meta = join(home, ".docker/contexts/meta", id);
  await mkdir(meta, { recursive: true });
  await writeFile(
    join(meta, "meta.json"),
    JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } }),
  );
  const files = join(home, ".docker/contexts/tls", id, "docker");
  if (tls) await mkdir(files, { recursive: true });
  for (const [file, text] of Object.entries(tls ?? {})) await writeFile(join(files, file), text);
}

const use = (name: string) =>
  writeFile(join(home, ".docker/config.json"), JSON.stringify({ currentContext: name, auths: {} }));

describe("where a host is looked for", () => {
  it("takes DOCKER_HOST before everything else", async () => {
    await context("work", "tcp://work:2375");
    await use("work");
    expect(candidates({ home, dockerHost: "unix:///mine.sock" })).toEqual([
      {
        name: "DOCKER_HOST",
        address: "unix:///mine.sock",
        endpoint: { kind: "unix", path: "/mine.sock" },
        chosen: true,
      },
    ]);
  });

  it("takes the current context, with its certificates", async () => {
    await context("work", "tcp://work.example:2376", {
      "ca.pem": "CA",
      "cert.pem": "CERT",
      "key.pem": "KEY",
    });
    await use("work");
    const [work, ...others] = candidates({ home });
    expect(others).toEqual([]);
    expect(work).toMatchObject({ name: "work", address: "tcp://work.example:2376" });
    expect(work!.endpoint).toEqual({
      kind: "tcp",
      host: "work.example",
      port: 2376,
      tls: { ca: Buffer.from("CA"), cert: Buffer.from("CERT"), key: Buffer.from("KEY"), verify: true },
    });
  });

  it("lets DOCKER_CONTEXT override the current one, and says where it is not set up", async () => {
    await context("work", "tcp://work:2375");
    await use("work");
    expect(candidates({ home, dockerContext: "gone" })[0]).toMatchObject({
      name: "gone",
      endpoint: { kind: "unsupported", reason: expect.stringContaining("“gone”") },
    });
  });

  it("looks at the usual sockets where nothing is chosen", async () => {
    await mkdir(join(home, ".docker"));
    await use("default");
    const found = candidates({ home, runtimeDirectory: "/run/user/1000" });
    expect(found.map(({ address }) => address)).toEqual([
      "unix:///var/run/docker.sock",
      "unix:///run/user/1000/docker.sock",
      `unix://${home}/.docker/run/docker.sock`,
      `unix://${home}/.docker/desktop/docker.sock`,
      `unix://${home}/.colima/default/docker.sock`,
      `unix://${home}/.orbstack/run/docker.sock`,
    ]);
  });

  it("reads the certificates of DOCKER_CERT_PATH", async () => {
    await writeFile(join(home, "ca.pem"), "CA");
    const [host] = candidates({
      home,
      dockerHost: "tcp://build",
      dockerTlsVerify: "1",
      dockerCertPath: home,
    });
    expect(host!.endpoint).toEqual({
      kind: "tcp",
      host: "build",
      port: 2376,
      tls: { ca: Buffer.from("CA"), verify: true },
    });
  });
});

describe("addresses", () => {
  it.each([
    ["tcp://build", { kind: "tcp", host: "build", port: 2375, tls: null }],
    ["tcp://[::1]:99", { kind: "tcp", host: "::1", port: 99, tls: null }],
    ["TCP://build:1", { kind: "tcp", host: "build", port: 1, tls: null }],
    ["unix:///a/b.sock", { kind: "unix", path: "/a/b.sock" }],
    ["unix://relative", { kind: "unsupported" }],
    ["tcp://", { kind: "unsupported" }],
    ["tcp://build:99999", { kind: "unsupported" }],
    [
      "ssh://me@build",
      { kind: "ssh", host: "build", port: null, user: "me", socket: "/var/run/docker.sock" },
    ],
    [
      "ssh://build:2222/run/user/1000/docker.sock",
      { kind: "ssh", host: "build", port: 2222, user: null, socket: "/run/user/1000/docker.sock" },
    ],
    ["ssh://me:secret@build", { kind: "unsupported", reason: expect.stringContaining("password") }],
    ["ssh://", { kind: "unsupported" }],
    ["build:2375", { kind: "unsupported" }],
  ])("%s", (address, endpoint) => {
    expect(parseAddress(address, null)).toMatchObject(endpoint);
  });

  it("shows no names and passwords", () => {
    expect(displayAddress("ssh://me:secret@build:22")).toBe("ssh://build:22");
    expect(displayAddress("tcp://build:2375")).toBe("tcp://build:2375");
  });
});

describe("a host that cannot be reached is named, with the reason", () => {
  it("within five seconds", () => expect(PROBE_TIMEOUT_MS).toBeLessThan(5_000));

  const servers: net.Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  const listen = async (server: net.Server) => {
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return `tcp://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
  };
  const open = new Set<net.Socket>();

  it.each<[title: string, address: () => string | Promise<string>, reason: RegExp]>([
    ["no socket", () => `unix://${home}/no.sock`, /no such socket/],
    [
      "a file that is no socket",
      async () => {
        await writeFile(join(home, "file"), "");
        return `unix://${home}/file`;
      },
      /Nothing answers/,
    ],
    [
      "a closed port",
      async () => {
        const address = await listen(net.createServer());
        await new Promise((done) => servers.pop()!.close(done));
        return address;
      },
      /Nothing answers/,
    ],
    ["a name that is not known", () => "tcp://no-such-host.invalid:2375", /name/],
    [
      "something that never answers",
      () => listen(net.createServer((socket) => open.add(socket))),
      /did not answer in time/,
    ],
    [
      "something that hangs up",
      () => listen(net.createServer((socket) => socket.destroy())),
      /closed the connection|hang up/,
    ],
    [
      "a web server",
      () => listen(http.createServer((_request, response) => response.end("<html>"))),
      /not as a Docker Engine/,
    ],
    [
      "another API",
      () =>
        listen(
          http.createServer((_request, response) => {
            response.statusCode = 404;
            response.end('{"message":"page not found"}');
          }),
        ),
      /page not found/,
    ],
    [
      "no HTTP at all",
      () => listen(net.createServer((socket) => socket.end("SSH-2.0-OpenSSH\r\n"))),
      /not a Docker Engine/,
    ],
    [
      "an engine without BuildKit",
      () =>
        listen(
          http.createServer((request, response) => {
            if (!/^\/(info|version)$/.test(request.url ?? "")) response.statusCode = 404;
            response.end(
              JSON.stringify({
                Name: "podman",
                Version: "5.4",
                Os: "linux",
                Arch: "amd64",
                Driver: "overlay",
                DriverStatus: null,
              }),
            );
          }),
        ),
      /does not offer BuildKit/,
    ],
    ["ssh with a password", () => "ssh://me:secret@build", /must not have a password/],
    [
      "ssh to a closed port",
      async () => {
        const address = await listen(net.createServer());
        await new Promise((done) => servers.pop()!.close(done));
        return address.replace("tcp", "ssh");
      },
      /Nothing answers/,
    ],
    [
      "ssh to something that never answers",
      async () => (await listen(net.createServer((socket) => open.add(socket)))).replace("tcp", "ssh"),
      /did not answer in time/,
    ],
    [
      "ssh to a web server",
      async () =>
        (await listen(net.createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")))).replace(
          "tcp",
          "ssh",
        ),
      /ssh connection/,
    ],
  ])(
    "%s",
    async (_title, address, reason) => {
      const dockerHost = await address();
      const hosts = createHosts({ home, dockerHost });
      const view = await hosts.view();
      expect(view).toMatchObject({
        state: "unreachable",
        address: displayAddress(dockerHost),
        reason: expect.stringMatching(reason),
      });
      await expect(hosts.connect()).rejects.toThrow(displayAddress(dockerHost));
      hosts.close();
      for (const socket of open) socket.destroy();
    },
    60_000,
  );

  it("is found as soon as it is there", async () => {
    const socket = join(home, "docker.sock");
    const hosts = createHosts({ home, dockerHost: `unix://${socket}` });
    expect((await hosts.view()).state).toBe("unreachable");
    const asked: string[] = [];
    const engine = http.createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end("{}");
    });
    servers.push(engine);
    await new Promise<void>((done) => engine.listen(socket, done));
    await expect(hosts.connect()).rejects.toThrow();
    expect(asked).toContain("/info");
    hosts.close();
  });
});
