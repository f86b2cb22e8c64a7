import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import { Product } from "./product";
import { startServer } from "./server";

test("without DOCKER_HOST the current docker context says where to build", async ({ engine }) => {
  const folder = await mkdtemp(join(tmpdir(), "stagecraft-docker-"));
  const id = createHash("sha256").update("build-host").digest("hex");
  await mkdir(join(folder, "contexts/meta", id), { recursive: true });
  await writeFile(join(folder, "config.json"), JSON.stringify({ currentContext: "build-host" }));
  const context = { Name: "build-host", Endpoints: { docker: { Host: `unix://${engine}` } } };
  await writeFile(join(folder, "contexts/meta", id, "meta.json"), JSON.stringify(context));

  const server = await startServer({ DOCKER_HOST: "", DOCKER_CONTEXT: "", DOCKER_CONFIG: folder });
  try {
    const host = async () => (await new Product(server.url).call("GET", "/api/host")).json();
    // A machine with much to do may not answer the first look in time; it is looked at again soon.
    await expect
      .poll(host, { timeout: 60_000 })
      .toMatchObject({ state: "ready", address: `unix://${engine}` });
    expect(server.output()).toContain(`Stagecraft is ready at ${server.url}`);
  } finally {
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  }
});

test("with no host at all it starts all the same, and says how to get one", async () => {
  const server = await startServer({ DOCKER_HOST: "unix:///nowhere/docker.sock" });
  try {
    await expect.poll(() => server.output()).toContain("npm start -- --with-engine");
    expect(server.output()).toContain("unix:///nowhere/docker.sock");
  } finally {
    await server.remove();
  }
});
