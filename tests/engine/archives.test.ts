/** What a build made, as a tar that another host can load. */
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { expect, it } from "vitest";
import { type BuildOptions, buildOptionsSchema } from "@/lib/build/options";
import { openArchives } from "@/lib/build/server/archives";
import type { HostConnection } from "@/lib/build/server/host-connection";
import { runBuild } from "@/lib/build/server/runner";
import type { BuildDetail } from "@/lib/share/answers";
import { fresh, onEveryEngine } from "./builds";

onEveryEngine("an image as a tar", ({ host, kind }) => {
  const archives = (limit?: number) => openArchives({ connect: async () => host() }, limit);

  it("is whole, an OCI layout too where the engine writes one, and can be had again", async () => {
    const detail = await built(host(), {});
    for (let time = 0; time < 2; time++) {
      const archive = await archives().open(detail, new AbortController().signal);
      const names = await tar(["-t"], archive);
      expect(names).toContain("manifest.json");
      expect(names.includes("oci-layout")).toBe(kind !== "20.10");
      expect(names.includes("index.json")).toBe(kind !== "20.10");
    }
    const archive = await archives().open(detail, new AbortController().signal);
    const [manifest] = await tar(["-xO", "manifest.json"], archive);
    const [{ RepoTags }] = JSON.parse(manifest!) as [{ RepoTags: string[] }];
    expect(RepoTags).toHaveLength(1);
  });

  it("is refused where it is larger than what goes through the server", async () => {
    const detail = await built(host(), {});
    await expect(archives(1000).open(detail, new AbortController().signal)).rejects.toMatchObject({
      kind: "tooLarge",
    });
  });

  it("is not there for a build that was to discard it", async () => {
    const detail = await built(host(), { output: "discard" });
    await expect(archives().open(detail, new AbortController().signal)).rejects.toMatchObject({
      kind: "notFound",
      code: "image-gone",
    });
  });

  it("ends when nobody wants it any more, and leaves room for others", async () => {
    const detail = await built(host(), {});
    const service = archives();
    for (let time = 0; time < 8; time++) {
      const leaving = new AbortController();
      const archive = await service.open(detail, leaving.signal);
      archive.on("error", () => {});
      const closed = new Promise((resolve) => archive.once("close", resolve));
      leaving.abort();
      await closed;
    }
  });
});

async function built(host: HostConnection, part: Partial<BuildOptions>): Promise<BuildDetail> {
  const id = `archive-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const text = `FROM busybox AS side\nFROM busybox\nRUN echo ${fresh()} > /f\n`;
  const options = buildOptionsSchema.parse(part);
  const never = new AbortController().signal;
  let status = "";
  const request = { id, document: id, dockerfile: text, context: null, options };
  await runBuild(
    host,
    request,
    (event) => {
      if (event.type === "finished") status = event.status;
    },
    never,
  );
  expect(status).toBe("succeeded");
  return { id, documentId: id, options, text } as BuildDetail;
}

/** Its output, by line. */
function tar(args: string[], archive: Readable): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn("tar", args, { stdio: ["pipe", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(output.trim().split("\n")) : reject(new Error(`tar ended with ${code}`)),
    );
    archive.pipe(child.stdin);
  });
}
