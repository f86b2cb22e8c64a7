/** What stages hold, read from real engines: layers with their instructions and sizes, marks, waste; nothing left behind. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { FilesQuery } from "@/lib/build/files/wire";
import { buildOptionsSchema } from "@/lib/build/options";
import { imageTag } from "@/lib/build/server/build-images";
import type { EngineApi } from "@/lib/build/server/engine-api";
import { OpenedListing } from "@/lib/build/server/files/opened";
import { readStage } from "@/lib/build/server/files/read-stage";
import type { BuildDetail } from "@/lib/share/answers";
import { build, fresh, onEveryEngine } from "./builds";

onEveryEngine("files of a stage", ({ kind, host, socket }) => {
  const docker = async (...args: string[]) =>
    (await promisify(execFile)("docker", ["-H", `unix://${socket()}`, ...args])).stdout.trim();
  const ours = async (document: string) =>
    (await docker("images", "--format", "{{.Repository}}:{{.Tag}}", `stagecraft-build/${document}`)).split(
      "\n",
    );
  const never = new AbortController().signal;

  /** Builds, and gives what the record of it would say. */
  async function built(text: string): Promise<BuildDetail> {
    const id = `files-${process.pid}-${Math.random().toString(36).slice(2)}`;
    const options = buildOptionsSchema.parse({});
    // Its tags are made of both ids.
    const told = await build(host(), { dockerfile: text, document: id });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    const [kept] = await ours(id);
    const name = kept!.replace(/^.*:/, "").replace(/-\d+$/, "");
    const format = { eol: "lf", bom: false };
    return { id: name, documentId: id, options, text, format } as BuildDetail;
  }
  const read = (of: BuildDetail, stage: number, signal = never) =>
    readStage(
      host(),
      { build: of, stage, context: async () => null, named: async () => new Map() },
      () => {},
      signal,
    );
  const query = (part: Partial<FilesQuery>): FilesQuery => ({
    layer: null,
    path: "",
    find: "",
    from: 0,
    ...part,
  });

  const text = () => `FROM busybox AS tools
RUN mkdir -p /opt/cache /opt/keep && head -c 300000 /dev/zero > /opt/cache/big && echo ${fresh()} > /opt/keep/a
ENV NOTHING=here
RUN head -c 1000 /dev/zero > /opt/keep/a && rm -rf /opt/cache && mkdir /opt/cache && echo hi > /opt/cache/new && ln -s a /opt/keep/link
RUN rm /bin/wget

FROM busybox
COPY --from=tools /opt/keep /kept
`;

  it("tells what each layer did, of a stage that ships and of one that was left behind", async () => {
    const detail = await built(text());
    const before = await ours(detail.documentId);
    const layers = await read(detail, 0);
    const own = layers.filter(({ instruction }) => instruction !== null);
    expect(own.map(({ instruction, text }) => [instruction, text.slice(0, 10)])).toEqual([
      [1, "RUN mkdir "],
      [3, "RUN head -"],
      [4, "RUN rm /bi"],
    ]);
    const listing = new OpenedListing(layers);
    const { overview } = listing;
    const [first, second, third] = overview.layers.slice(overview.base);
    expect(first).toMatchObject({ changed: 0, removed: 0 });
    expect(second).toMatchObject({ bytes: 1003 });
    expect(third).toMatchObject({ bytes: 0, added: 0, removed: 1 });
    const at = (layer: number | null, path: string) =>
      listing
        .page(query({ layer, path }))
        .entries.map(({ path, mark }) => `${mark ?? "same"} ${path}`)
        .sort();
    expect(at(overview.base + 1, "opt/cache")).toEqual(["added opt/cache/new", "removed opt/cache/big"]);
    expect(at(overview.base + 1, "opt/keep")).toEqual(["added opt/keep/link", "changed opt/keep/a"]);
    expect(at(null, "opt/cache")).toEqual(["added opt/cache/new"]);
    const wget = listing.page(query({ find: "bin/wget" })).entries.find(({ path }) => path === "bin/wget");
    expect(wget?.mark).toBe("removed");
    expect(overview.wasted.top.find(({ path }) => path === "opt/cache/big")).toMatchObject({
      bytes: 300_000,
    });
    // Where a size is that of the files, as on this store, history says the same.
    if (host().store === "overlay2") {
      for (const { bytes, size } of overview.layers.slice(overview.base)) expect(bytes).toBe(size);
    } else {
      for (const { bytes, size } of overview.layers) expect(size).toBeGreaterThanOrEqual(bytes);
    }

    const shipped = new OpenedListing(await read(detail, 1));
    expect(shipped.overview.layers.map(({ text }) => text).at(-1)).toBe("COPY --from=tools /opt/keep /kept");
    expect(
      shipped
        .page(query({ path: "kept" }))
        .entries.map(({ path }) => path)
        .sort(),
    ).toEqual(["kept/a", "kept/link"]);
    expect(await ours(detail.documentId)).toEqual(before);
  });

  it("never builds anything to show it", async () => {
    const detail = await built(text());
    const other = {
      ...detail,
      text: detail.text.replace("FROM busybox AS tools", `FROM busybox AS tools\nRUN echo ${fresh()}`),
    };
    await expect(read(other, 0)).rejects.toMatchObject({
      code: "image-gone",
      hint: expect.stringContaining("Build again"),
    });
    expect(await ours(detail.documentId)).toHaveLength(1);
  });

  if (kind === "28-overlay2")
    it("goes on where the build that has just ended clears the image away meanwhile", async () => {
      const detail = await built(text());
      const name = imageTag(detail.documentId, detail.id, 0);
      await docker("tag", "busybox", name);
      const { api } = host();
      let asked = 0;
      const clearing: EngineApi = Object.create(api, {
        history: {
          async value(...args: Parameters<EngineApi["history"]>) {
            if (asked++ === 0) await api.removeTag(name);
            return api.history(...args);
          },
        },
      });
      const layers = await readStage(
        { ...host(), api: clearing },
        { build: detail, stage: 0, context: async () => null, named: async () => new Map() },
        () => {},
        never,
      );
      expect(asked).toBe(2);
      expect(layers.filter(({ instruction }) => instruction !== null)).toHaveLength(3);
    });

  it("stops when nobody wants it any more", async () => {
    const detail = await built(text());
    const leaving = new AbortController();
    const reading = readStage(
      host(),
      { build: detail, stage: 1, context: async () => null, named: async () => new Map() },
      () => leaving.abort(),
      leaving.signal,
    );
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
    expect(await ours(detail.documentId)).toHaveLength(1);
  });
});
