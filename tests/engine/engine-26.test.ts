/** Docker Engine 26, between those that every test runs on: what it says of itself, one build, and its sizes. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { imageTag } from "@/lib/build/server/build-images";
import { createHosts } from "@/lib/build/server/hosts";
import { startEngine } from "../../scripts/engines.mjs";
import { build, fresh } from "./builds";

it("is known for what it is, builds, and weighs what docker history says", async () => {
  const engine = await startEngine("26", { images: ["busybox"] });
  const folder = await mkdtemp(join(tmpdir(), "stagecraft-26-"));
  const hosts = createHosts({ dockerHost: `unix://${engine.socket}`, home: tmpdir() });
  try {
    expect(await hosts.view()).toMatchObject({
      state: "ready",
      engine: expect.stringMatching(/^26\./),
      store: "overlay2",
      disk: { free: expect.any(Number), total: expect.any(Number) },
      features: { heredoc: true, copyLink: true, checks: false, multiPlatform: false, cacheExport: false },
    });
    const host = await hosts.connect();
    await writeFile(join(folder, "file"), "x".repeat(5_000));
    const told = await build(host, {
      document: "twenty-six",
      context: folder,
      dockerfile: `FROM busybox AS maker\nRUN echo ${fresh()} > /made\n\nFROM busybox\nCOPY --link file /\nCOPY --from=maker /made /\nRUN <<end\ncat /made\nend\n`,
    });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    const vertices = told.plan.vertices.filter(({ places }) => places.length > 0);
    expect(vertices.length).toBeGreaterThanOrEqual(4);
    const shipped = told.sizeOf(1);
    const [tag] = await host.api.tags("stagecraft-build/twenty-six");
    expect(tag).toBe(imageTag("twenty-six", tag!.split(":")[1]!.replace(/-1$/, ""), 1));
    const history = await host.api.history(tag!);
    expect(shipped.size).toBe(history.reduce((sum, { Size }) => sum + Size, 0));
    await host.api.removeTag(tag!);
  } finally {
    hosts.close();
    await rm(folder, { recursive: true, force: true });
    await engine.stop();
  }
});
