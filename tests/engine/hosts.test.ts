/** A real engine, reached over a real ssh server and over TLS that asks for a client's certificate. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import net from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createHosts, type Hosts } from "@/lib/build/server/hosts";
import type { HostEnvironment } from "@/lib/build/server/hosts/discovery";
import { type Engine, startEngine } from "../../scripts/engines.mjs";
import { build, fresh } from "./builds";

const run = promisify(execFile);
const DOCKERFILE = "FROM busybox\nCOPY hello /hello\nRUN cat /hello && echo ";

let engine: Engine;
let folder: string;
let context: string;
const servers: ChildProcess[] = [];
const opened: Hosts[] = [];
const listening: net.Server[] = [];

beforeAll(async () => {
  engine = await startEngine("20.10", { images: ["busybox"] });
  folder = await mkdtemp(join(tmpdir(), "stagecraft-hosts-"));
  context = join(folder, "context");
  await mkdir(context);
  await writeFile(join(context, "hello"), "hello from afar\n");
});
afterEach(() => {
  for (const hosts of opened.splice(0)) hosts.close();
});
afterAll(async () => {
  for (const server of servers) server.kill();
  for (const server of listening) server.close();
  await rm(folder, { recursive: true, force: true });
  await engine?.stop();
});

function hostsOf(environment: HostEnvironment): Hosts {
  const hosts = createHosts(environment);
  opened.push(hosts);
  return hosts;
}

async function expectToBuild(hosts: Hosts): Promise<void> {
  const host = await hosts.connect();
  const told = await build(host, { dockerfile: `${DOCKERFILE}${fresh()}\n`, context });
  expect(told.finished).toMatchObject({ status: "succeeded" });
  expect(told.output(0, 2)).toContain("hello from afar");
  expect(told.sizeOf(0).size).toBeGreaterThan(0);
}

interface SshServer {
  pid: number;
  port: number;
  /** A person's home folder, with a key that the server takes and the server's key. */
  home: string;
}

/** `extra` are lines of sshd_config. */
async function startSsh(name: string, extra = ""): Promise<SshServer> {
  const here = join(folder, name);
  const home = join(here, "home");
  await mkdir(join(home, ".ssh"), { recursive: true });
  for (const file of [join(here, "host"), join(home, ".ssh/id_ed25519")]) {
    await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file]);
  }
  const authorized = join(here, "authorized");
  await writeFile(authorized, await readFile(join(home, ".ssh/id_ed25519.pub")));
  await chmod(authorized, 0o600);
  const port = await freePort();
  await writeFile(
    join(here, "config"),
    `ListenAddress 127.0.0.1:${port}\nHostKey ${join(here, "host")}\nAuthorizedKeysFile ${authorized}\nStrictModes no\nUsePAM no\nPidFile none\nPermitRootLogin yes\n${extra}\n`,
  );
  // Where sshd separates its privileges.
  await mkdir("/run/sshd", { recursive: true });
  const sshd = spawn("/usr/sbin/sshd", ["-D", "-e", "-f", join(here, "config")]);
  servers.push(sshd);
  await answering(port);
  const [type, key] = (await readFile(join(here, "host.pub"), "utf8")).split(" ");
  await writeFile(join(home, ".ssh/known_hosts"), `[127.0.0.1]:${port} ${type} ${key}\n`);
  // As Debian's ssh writes it: names are not to be read out of the file.
  await run("ssh-keygen", ["-H", "-f", join(home, ".ssh/known_hosts")]);
  return { pid: sshd.pid!, port, home };
}

const address = ({ port }: SshServer, socket = engine.socket) =>
  `ssh://${userInfo().username}@127.0.0.1:${port}${socket}`;

it("builds over ssh, through one connection, and again after that was lost", async () => {
  const server = await startSsh("plain");
  const hosts = hostsOf({ home: server.home, dockerHost: address(server) });
  await expectToBuild(hosts);
  expect(await hosts.view()).toMatchObject({
    state: "ready",
    address: expect.stringMatching(/^ssh:\/\/127\.0\.0\.1:/),
  });
  await run("pkill", ["-P", String(server.pid)]);
  await expect.poll(() => hosts.connect().then(() => true), { timeout: 15_000 }).toBe(true);
  await expectToBuild(hosts);
});

it("builds over ssh where the server forwards no sockets, through docker itself", async () => {
  const server = await startSsh("stdio", "AllowStreamLocalForwarding no");
  await expectToBuild(hostsOf({ home: server.home, dockerHost: address(server) }));
});

it("builds over ssh with a key that an agent holds", async () => {
  const server = await startSsh("agent");
  const socket = join(folder, "agent.sock");
  const agent = spawn("ssh-agent", ["-D", "-a", socket]);
  servers.push(agent);
  const key = join(server.home, ".ssh/id_ed25519");
  await expect
    .poll(() =>
      run("ssh-add", [key], { env: { ...process.env, SSH_AUTH_SOCK: socket } }).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  await rm(key);
  await expectToBuild(hostsOf({ home: server.home, dockerHost: address(server), sshAgent: socket }));
});

it.each<[string, (server: SshServer) => Promise<unknown>, RegExp]>([
  [
    "a host key that is not known",
    ({ home }) => rm(join(home, ".ssh/known_hosts")),
    /is not known \(SHA256:/,
  ],
  [
    "another host key than the known one",
    async ({ home, port }) => {
      const [type, key] = (await readFile(join(home, ".ssh/id_ed25519.pub"), "utf8")).split(" ");
      await writeFile(join(home, ".ssh/known_hosts"), `[127.0.0.1]:${port} ${type} ${key}\n`);
    },
    /not the one in known_hosts/,
  ],
  ["no key", ({ home }) => rm(join(home, ".ssh/id_ed25519")), /did not let .* in as there was no key/],
  [
    "a key with a passphrase",
    ({ home }) => run("ssh-keygen", ["-p", "-N", "secret", "-f", join(home, ".ssh/id_ed25519")]),
    /passphrase must be in an ssh agent/,
  ],
])("says what is wrong: %s", async (title, spoil, reason) => {
  const server = await startSsh(title.replaceAll(" ", "-"));
  await spoil(server);
  const hosts = hostsOf({ home: server.home, dockerHost: address(server) });
  expect(await hosts.view()).toMatchObject({ state: "unreachable", reason: expect.stringMatching(reason) });
});

it("says what is wrong: no such socket on the other side", async () => {
  const server = await startSsh("no-socket");
  const hosts = hostsOf({ home: server.home, dockerHost: address(server, "/no/such.sock") });
  expect(await hosts.view()).toMatchObject({
    state: "unreachable",
    reason: expect.stringContaining("cannot open /no/such.sock"),
  });
});

it("builds over TLS that asks for a certificate, and says when it is refused", async () => {
  const files = await certificates(join(folder, "tls"));
  const port = await startTls(files);
  const environment = { home: folder, dockerHost: `tcp://localhost:${port}`, dockerTlsVerify: "1" };
  await expectToBuild(hostsOf({ ...environment, dockerCertPath: files.client }));

  const stranger = join(folder, "stranger");
  await mkdir(stranger);
  await writeFile(join(stranger, "ca.pem"), await readFile(join(files.client, "ca.pem")));
  expect(await hostsOf({ ...environment, dockerCertPath: stranger }).view()).toMatchObject({
    state: "unreachable",
    reason: expect.stringContaining("client certificate"),
  });
  expect(await hostsOf({ ...environment, dockerCertPath: join(folder, "nothing") }).view()).toMatchObject({
    state: "unreachable",
    reason: expect.stringContaining("certificate could not be checked"),
  });
});

it("builds on an engine that speaks HTTP/2 on its own address and no more behind an upgrade", async () => {
  const seen: string[] = [];
  const socket = join(folder, `${fresh()}.sock`);
  await startNative(socket, seen);
  await expectToBuild(hostsOf({ home: folder, dockerHost: `unix://${socket}` }));
  expect(new Set(seen)).toEqual(new Set(["HTTP/1.1", "upgrade refused", "HTTP/2"]));
});

/** Behind the upgrade that engines ask for until 28. */
async function upgraded(): Promise<net.Socket> {
  const headers = { Connection: "Upgrade", Upgrade: "h2c", Host: "docker" };
  const request = http.request({ socketPath: engine.socket, method: "POST", path: "/grpc", headers });
  request.end();
  const [, socket, head] = (await once(request, "upgrade")) as [unknown, net.Socket, Buffer];
  if (head.length > 0) socket.unshift(head);
  return socket;
}

/** What comes first; the rest waits. */
const first = (socket: net.Socket) =>
  new Promise<Buffer>((resolve) => {
    socket.once("data", (data) => {
      socket.pause();
      resolve(data);
    });
  });

/**
 * As Docker Engine 29 listens: HTTP/1.1 and HTTP/2 on one socket, BuildKit behind the latter. What is behind is a real
 * BuildKit, so that its calls and its sessions are real as well.
 */
async function startNative(path: string, seen: string[]): Promise<void> {
  const PREFACE = "PRI * HTTP/2.0";
  const server = net.createServer((incoming) => {
    incoming.on("error", () => {});
    void first(incoming).then(async (begun) => {
      const text = begun.toString("latin1");
      if (text.startsWith("POST /grpc")) {
        seen.push("upgrade refused");
        incoming.end('HTTP/1.1 404 Not Found\r\nContent-Length: 29\r\n\r\n{"message":"page not found"}\n');
        return;
      }
      const native = text.startsWith(PREFACE);
      seen.push(native ? "HTTP/2" : "HTTP/1.1");
      const engineSide = native ? await upgraded() : net.connect(engine.socket);
      engineSide.on("error", () => {});
      engineSide.write(begun);
      incoming.pipe(engineSide).pipe(incoming);
      incoming.on("close", () => engineSide.destroy());
      engineSide.on("close", () => incoming.destroy());
    });
  });
  listening.push(server);
  server.listen(path);
  await once(server, "listening");
}

/** In front of the engine's socket, as dockerd --tlsverify is. */
async function startTls({ server, client }: { server: string; client: string }): Promise<number> {
  const [key, cert, ca] = await Promise.all(
    [join(server, "key.pem"), join(server, "cert.pem"), join(client, "ca.pem")].map((file) => readFile(file)),
  );
  const front = tls.createServer(
    { key, cert, ca, requestCert: true, rejectUnauthorized: true },
    (incoming) => {
      const socket = net.connect(engine.socket);
      incoming.pipe(socket).pipe(incoming);
      for (const end of [incoming, socket]) end.on("error", () => {});
      incoming.on("close", () => socket.destroy());
      socket.on("close", () => incoming.destroy());
    },
  );
  front.on("tlsClientError", () => {});
  listening.push(front);
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  return (front.address() as net.AddressInfo).port;
}

async function certificates(here: string): Promise<{ server: string; client: string }> {
  const [server, client] = [join(here, "server"), join(here, "client")];
  await Promise.all([server, client].map((each) => mkdir(each, { recursive: true })));
  const openssl = (...args: string[]) => run("openssl", args);
  const authority = join(here, "authority.pem");
  await openssl(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-subj",
    "/CN=authority",
    "-days",
    "2",
    "-keyout",
    authority,
    "-out",
    join(client, "ca.pem"),
  );
  for (const [where, name, purpose] of [
    [server, "localhost", "serverAuth"],
    [client, "client", "clientAuth"],
  ] as const) {
    const extensions = join(where, "extensions");
    await writeFile(extensions, `subjectAltName=DNS:${name}\nextendedKeyUsage=${purpose}\n`);
    await openssl(
      "req",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-subj",
      `/CN=${name}`,
      "-keyout",
      join(where, "key.pem"),
      "-out",
      join(where, "request"),
    );
    await openssl(
      "x509",
      "-req",
      "-in",
      join(where, "request"),
      "-CA",
      join(client, "ca.pem"),
      "-CAkey",
      authority,
      "-CAcreateserial",
      "-days",
      "2",
      "-extfile",
      extensions,
      "-out",
      join(where, "cert.pem"),
    );
  }
  return { server, client };
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const answering = (port: number) =>
  expect
    .poll(
      () =>
        new Promise((resolve) => {
          const socket = net.connect(port, "127.0.0.1");
          socket.once("data", () => resolve(true));
          socket.once("error", () => resolve(false));
        }),
      { timeout: 10_000 },
    )
    .toBe(true);
