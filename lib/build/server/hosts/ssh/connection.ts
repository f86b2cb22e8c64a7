/**
 * One ssh connection to a host, made when it is first needed and again when it was lost; every dial is a channel of it,
 * to the Engine's socket on the other side.
 */
import type { Duplex } from "node:stream";
import {
  type AgentAuthMethod,
  type AuthMethod,
  Client,
  type ClientChannel,
  type ConnectConfig,
  type NoAuthMethod,
  type PublicKeyAuthMethod,
} from "ssh2";
import type { SshEndpoint } from "../address";
import { ChannelSocket } from "./channel-socket";
import { judgeHostKey } from "./known-hosts";
import type { SshSettings } from "./settings";

const READY_TIMEOUT_MS = 3_500;
const ALIVE_MS = 5_000;
const SILENT_TIMES = 3;
/** Why a command failed, in bytes: what follows helps nobody. */
const MAX_COMPLAINT = 2_000;
/** What a command may say, in characters. */
const MAX_ANSWER = 64_000;

/** What is wrong, in a sentence for whoever set the host up. */
export class SshError extends Error {
  override name = "SshError";
}

export class SshConnection {
  private opened: Promise<Client> | null = null;
  private client: Client | null = null;
  /** The other side has a docker client that reaches the socket. */
  private hasDocker = false;
  private readonly sockets = new Set<ChannelSocket>();

  constructor(
    private readonly endpoint: SshEndpoint,
    /** Asked at each connection: keys and files may have changed since. */
    private readonly settings: () => SshSettings,
  ) {}

  async dial(): Promise<Duplex> {
    this.opened ??= this.open();
    const client = await this.opened;
    const { socket } = this.endpoint;
    try {
      return this.socketOf(await forward(client, socket));
    } catch (error) {
      // Also where the ssh server forwards no sockets at all: then docker itself hands on what it is told.
      if (!this.hasDocker)
        await tryDocker(client, socket).catch((why) => Promise.reject(problemOf(socket, error, why)));
      this.hasDocker = true;
      const channel = await execute(client, docker(socket, "system dial-stdio"));
      // Left unread, it would in the end hold up what it stands beside.
      channel.stderr.resume();
      return this.socketOf(channel);
    }
  }

  /** What a command of the other side's shell writes to its standard output; throws where it fails. */
  async run(command: string, signal: AbortSignal): Promise<string> {
    this.opened ??= this.open();
    const channel = await execute(await this.opened, command);
    channel.stderr.resume();
    const stop = () => channel.destroy();
    signal.addEventListener("abort", stop, { once: true });
    try {
      let said = "";
      for await (const part of channel as AsyncIterable<Buffer>) {
        said += part.toString("utf8");
        if (said.length > MAX_ANSWER) throw new Error("The command says too much.");
      }
      return said;
    } finally {
      signal.removeEventListener("abort", stop);
      channel.destroy();
    }
  }

  private socketOf(channel: ClientChannel): Duplex {
    const socket = new ChannelSocket(channel);
    this.sockets.add(socket);
    socket.once("close", () => this.sockets.delete(socket));
    return socket;
  }

  close(): void {
    this.client?.end();
  }

  private open(): Promise<Client> {
    const settings = this.settings();
    const client = new Client();
    this.client = client;
    const forget = () => {
      if (this.client !== client) return;
      this.client = null;
      this.opened = null;
      this.hasDocker = false;
      for (const socket of this.sockets) socket.lose();
    };
    return new Promise((resolve, reject) => {
      let problem: SshError | null = null;
      const check = (key: Buffer): boolean => {
        const verdict = judgeHostKey(settings.knownHosts, settings.host, settings.port, key);
        if (!verdict.known) problem = new SshError(hostKeyProblem(settings, verdict));
        return verdict.known;
      };
      client.once("ready", () => resolve(client));
      client.once("close", () => {
        forget();
        // Ended before it was ready, without a word: once it is ready this says nothing.
        reject(
          new SshError(
            `${settings.host} ended the ssh connection at once. Is what answers there an ssh server?`,
          ),
        );
      });
      client.on("error", (error) => {
        forget();
        reject(problem ?? inWords(error, settings));
      });
      try {
        client.connect(configOf(settings, check));
      } catch (error) {
        forget();
        reject(inWords(error as Error, settings));
      }
    });
  }
}

function configOf(settings: SshSettings, hostVerifier: (key: Buffer) => boolean): ConnectConfig {
  const { host, port, user: username } = settings;
  return {
    host,
    port,
    username,
    hostVerifier,
    readyTimeout: READY_TIMEOUT_MS,
    keepaliveInterval: ALIVE_MS,
    keepaliveCountMax: SILENT_TIMES,
    authHandler: waysIn(settings),
  };
}

function waysIn({ user: username, keys, agent }: SshSettings): AuthMethod[] {
  const none: NoAuthMethod = { type: "none", username };
  const open = keys.filter(({ content }) => !isEncrypted(content));
  return [
    none,
    ...(agent ? [byAgent(username, agent)] : []),
    ...open.map(({ content: key }): PublicKeyAuthMethod => ({ type: "publickey", username, key })),
  ];
}

const byAgent = (username: string, agent: string): AgentAuthMethod => ({ type: "agent", username, agent });

function forward(client: Client, socket: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) =>
    client.openssh_forwardOutStreamLocal(socket, (error, channel) =>
      error ? reject(error) : resolve(channel),
    ),
  );
}

/** The docker client of the other side. The path goes through a shell there. */
const docker = (socket: string, command: string): string =>
  `docker -H 'unix://${socket.replaceAll("'", `'\\''`)}' ${command}`;

function execute(client: Client, command: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) =>
    client.exec(command, (error, channel) => (error ? reject(error) : resolve(channel))),
  );
}

/** Whether the docker client of the other side reaches the socket; throws with its own words where it does not. */
async function tryDocker(client: Client, socket: string): Promise<void> {
  const channel = await execute(client, docker(socket, "version --format {{.Server.Version}}"));
  let complaint = "";
  channel.resume();
  channel.stderr.on("data", (part: Buffer) => {
    if (complaint.length < MAX_COMPLAINT) complaint += part.toString("utf8");
  });
  const code = await new Promise<number | null>((resolve) => {
    channel.once("exit", resolve);
    channel.once("close", () => resolve(null));
  });
  if (code !== 0) throw new Error(complaint.trim() || `docker ended with ${code ?? "no exit code"}`);
}

/** As OpenSSH and PEM say it; an agent has such keys open. */
function isEncrypted(key: Buffer): boolean {
  const text = key.toString("latin1");
  if (/ENCRYPTED/.test(text)) return true;
  const [, body] = text.match(/-----BEGIN OPENSSH PRIVATE KEY-----([^-]+)/) ?? [];
  if (body === undefined) return false;
  // "openssh-key-v1\0", then the cipher's name with its length before it.
  const bytes = Buffer.from(body, "base64");
  const length = bytes.length > 19 ? bytes.readUInt32BE(15) : 0;
  return bytes.subarray(19, 19 + length).toString("latin1") !== "none";
}

function hostKeyProblem(
  { name, host, port }: SshSettings,
  { other, fingerprint }: { other: boolean; fingerprint: string },
): string {
  const where = port === 22 ? host : `${host} port ${port}`;
  return other
    ? `The host key of ${where} is not the one in known_hosts (it shows ${fingerprint}). If the host was set up anew, take the old key out with ssh-keygen -R; if it was not, somebody may stand in between.`
    : `The host key of ${where} is not known (${fingerprint}). Connect once with “ssh ${name}” as the user who runs this server, and compare it.`;
}

function problemOf(socket: string, forwarding: unknown, docker: unknown): SshError {
  const [first, second] = [forwarding, docker].map((error) => (error as Error).message);
  return new SshError(
    `The ssh server cannot open ${socket} (${first}), nor can docker there (${second}). Is Docker running, and may the user use it?`,
  );
}

function inWords(
  error: Error & { level?: string; code?: string },
  { user, host, agent, keys }: SshSettings,
): Error {
  if (error.level === "client-authentication") {
    const locked = keys.filter(({ content }) => isEncrypted(content)).length;
    const tried = [
      agent ? "the ssh agent" : null,
      // Not which: what goes wrong is shown to people who need not know where keys are kept.
      keys.length > locked ? "the key files of this server’s account" : null,
    ].filter(Boolean);
    const how = tried.length > 0 ? `with ${tried.join(" and ")}` : "as there was no key to show";
    const hint = locked > 0 ? " A key with a passphrase must be in an ssh agent (ssh-add)." : "";
    return new SshError(`${host} did not let ${user} in ${how}.${hint}`);
  }
  if (error.level === "client-timeout") return Object.assign(new Error("timeout"), { code: "ETIMEDOUT" });
  if (error.level === "client-socket" || error.code) return error;
  return new SshError(`The ssh connection to ${host} failed: ${error.message}`);
}
