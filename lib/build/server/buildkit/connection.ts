/** BuildKit's gRPC, reached through the Engine's own address. */
import http from "node:http";
import http2, { type ClientHttp2Session } from "node:http2";
import type { Duplex } from "node:stream";
import type { Dial } from "../engine-api";
import { GrpcClient } from "./grpc/client";
import { ConnectionLostError } from "./grpc/status";

const WINDOW_BYTES = 8 * 1024 * 1024;
/** The Dockerfile is in a header of a failed call, base64 in base64. */
const MAX_HEADER_BYTES = 64 * 1024 * 1024;
const PING_INTERVAL_MS = 1_000;
export const SILENCE_MS = 10_000;
/** Until a connection is there: a host that has much to do takes its time for that. */
const CONNECT_MS = 30_000;

export interface BuildKitConnection {
  client: GrpcClient;
  /** Resolves when the connection is gone, for whatever reason. */
  closed: Promise<void>;
  close(): void;
}

/**
 * Engines up to 28 speak BuildKit behind `POST /grpc` with an upgrade to h2c; from 29 on, HTTP/2 on the API's
 * own address. The upgrade is asked for first and its refusal answers which of the two it is. Rejects where nothing
 * answers within `patience` milliseconds; after `silence` without an answer to a ping the connection is ended.
 */
export async function connectBuildKit(
  dial: Dial,
  silence = SILENCE_MS,
  patience = CONNECT_MS,
): Promise<BuildKitConnection> {
  const session = await answering(dial, patience, openSession);
  // Node's default for a whole connection is 64 KiB, which a distant host would wait on for every log burst.
  session.setLocalWindowSize(WINDOW_BYTES);
  const closed = new Promise<void>((resolve) => session.once("close", resolve));
  watch(session, silence);
  return { client: new GrpcClient(session), closed, close: () => session.destroy() };
}

/** A host may be frozen, or gone in this very moment, and its sockets still take connections. */
async function answering<T>(dial: Dial, patience: number, work: (dial: Dial) => Promise<T>): Promise<T> {
  const sockets: Duplex[] = [];
  const timer = setTimeout(() => {
    for (const socket of sockets) socket.destroy(new ConnectionLostError("The Docker host does not answer."));
  }, patience);
  try {
    return await work(async () => {
      const socket = await dial();
      sockets.push(socket);
      return socket;
    });
  } finally {
    clearTimeout(timer);
  }
}

async function openSession(dial: Dial): Promise<ClientHttp2Session> {
  const upgraded = await upgrade(await dial());
  const socket = upgraded ?? (await dial());
  const session = http2.connect("http://docker", {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: WINDOW_BYTES, maxHeaderListSize: MAX_HEADER_BYTES },
  });
  session.on("error", () => {});
  await ready(session);
  return session;
}

/**
 * Ends a connection whose other side has gone silent: a network that was cut, a host that froze. Also one that Node
 * itself has given up without a word, as it does when a header is too large for it.
 */
function watch(session: ClientHttp2Session, silence: number): void {
  let unanswered = 0;
  const timer = setInterval(() => {
    // Closed a moment ago: it only has not said so yet.
    if (session.destroyed) return;
    if (unanswered * PING_INTERVAL_MS >= silence) return session.destroy();
    unanswered++;
    session.ping(() => {
      unanswered = 0;
    });
  }, PING_INTERVAL_MS);
  session.once("close", () => clearInterval(timer));
}

function ready(session: ClientHttp2Session): Promise<void> {
  return new Promise((resolve, reject) => {
    session.once("remoteSettings", () => resolve());
    session.once("error", reject);
    session.once("close", () => reject(new ConnectionLostError("The Docker host closed the connection.")));
  });
}

/** The socket after the switch; null where the Engine answers something else. */
function upgrade(socket: Duplex): Promise<Duplex | null> {
  return new Promise((resolve, reject) => {
    const request = http.request({
      createConnection: () => socket,
      method: "POST",
      path: "/grpc",
      headers: { Connection: "Upgrade", Upgrade: "h2c", Host: "docker" },
    });
    request.once("upgrade", (_response, upgraded, head) => {
      if (head.length > 0) upgraded.unshift(head);
      resolve(upgraded);
    });
    request.once("response", (response) => {
      response.resume();
      socket.destroy();
      resolve(null);
    });
    request.once("error", reject);
    request.end();
  });
}
