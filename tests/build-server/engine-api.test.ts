/** Calls of the Engine beside each other, on a host that a test answers for. */
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { connectBuildKit } from "@/lib/build/server/buildkit/connection";
import { EngineApi } from "@/lib/build/server/engine-api";

let server: Server;
let api: EngineApi | undefined;
afterEach(() => {
  api?.close();
  server.closeAllConnections();
  server.close();
});

async function listen(made: Server): Promise<() => Promise<Socket>> {
  server = made;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return () =>
    new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => resolve(socket));
      socket.once("error", reject);
    });
}

test("what takes its time, images and containers, keeps nobody from asking whether the host is there", async () => {
  const dial = await listen(
    createServer((request, response) => {
      // Images go on and on, and containers run.
      if (request.url?.endsWith("/get")) return void response.writeHead(200).write("x");
      if (request.url?.includes("/wait")) return;
      response.end("OK");
    }),
  );
  api = new EngineApi(dial);
  const leave = new AbortController();
  const { signal } = leave;
  const images = Array.from({ length: 6 }, () => api!.open("/images/a/get", signal));
  const waits = Array.from({ length: 6 }, () => api!.wait("a", signal).catch(() => {}));
  await Promise.all(images);
  expect(await api.answers()).toBe(true);
  leave.abort();
  await Promise.all(waits);
});

test("a host that takes a connection and says nothing is given up", async () => {
  const dial = await listen(createServer(() => {}));
  await expect(connectBuildKit(dial, 50, 50)).rejects.toThrow("does not answer");
});
