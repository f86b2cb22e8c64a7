import { type ClientHttp2Session, connect, constants } from "node:http2";
import { duplexPair } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { type Handler, serveGrpc } from "../../../lib/build/server/buildkit/grpc/server";

const open: { destroy(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.destroy();
});

/** The host's end of a connection that we serve. */
function host(handler: Handler): ClientHttp2Session {
  const [ours, theirs] = duplexPair();
  open.push(serveGrpc(ours, [["/s/m", handler]]));
  const session = connect("http://localhost", { createConnection: () => theirs });
  session.on("error", () => {});
  open.push(session);
  return session;
}

function call(session: ClientHttp2Session) {
  const stream = session.request({ ":method": "POST", ":path": "/s/m" });
  stream.on("error", () => {});
  return stream;
}

const status = (session: ClientHttp2Session) =>
  new Promise((resolve) => {
    const stream = call(session);
    stream.on("trailers", (trailers) => resolve(trailers["grpc-status"]));
    stream.resume();
    stream.end();
  });

test("a call answered gets its status", async () => {
  expect(await status(host(async () => {}))).toBe("0");
});

test("a call taken back before it was told of leaves the connection serving", async () => {
  const session = host(async () => {});
  for (let i = 0; i < 200; i++) call(session).close(constants.NGHTTP2_CANCEL);
  expect(await status(session)).toBe("0");
});

test("a connection that ends in the midst of calls ends quietly", async () => {
  const session = host(async () => {});
  for (let i = 0; i < 200; i++) call(session);
  await new Promise((resolve) => setImmediate(resolve));
  session.destroy();
  expect(await status(host(async () => {}))).toBe("0");
});
