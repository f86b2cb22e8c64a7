/** What a stage weighs is what `docker history` of its image sums up, base apart, whatever the store. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { build, fresh, onEveryEngine } from "./builds";

onEveryEngine("sizes", ({ host, socket }) => {
  const docker = async (...args: string[]) =>
    (await promisify(execFile)("docker", ["-H", `unix://${socket()}`, ...args])).stdout.trim();
  const historySum = async (image: string) =>
    (await docker("history", "--human=false", "--format", "{{.Size}}", image))
      .split("\n")
      .reduce((sum, size) => sum + Number(size), 0);
  /** Asked for by name: the containerd store takes half a minute to list some hundred images. */
  const ours = async (document: string) =>
    (await docker("images", "--format", "{{.Repository}}:{{.Tag}}", `stagecraft-build/${document}`)).split(
      "\n",
    );

  const dockerfile = () => `FROM busybox AS tools
ENV MADE=${fresh()}
RUN dd if=/dev/zero of=/object bs=1000 count=700 2>/dev/null
ONBUILD RUN true
LABEL kind=tools

FROM busybox AS more
WORKDIR /work
RUN dd if=/dev/zero of=/work/one bs=1000 count=50 2>/dev/null && echo ${fresh()} > name

FROM more
COPY --from=tools /object /object
CMD ["sh"]
`;

  it("sums up to docker history, stage by stage, instruction by instruction", async () => {
    const text = dockerfile();
    const told = await build(host(), { dockerfile: text });
    expect(told.finished.status).toBe("succeeded");
    for (const target of [0, 1, 2]) {
      const alone = await build(host(), { dockerfile: text, options: { target, everyStage: false } });
      const image = alone.sizeOf(target).image!;
      const size = told.sizeOf(target);
      expect(size.size).toBe(await historySum(image));
      expect(size.layers.reduce((sum, layer) => sum + layer.size, 0)).toBe(size.size);
    }
    const busybox = await historySum("busybox:latest");
    const [tools, more, last] = [0, 1, 2].map((stage) => told.sizeOf(stage));
    expect(tools!.base).toBe(busybox);
    expect(more!.base).toBe(busybox);
    // A stage made from another has all of that one as its base.
    expect(last!.base).toBe(more!.size);
    expect(
      tools!.layers.filter(({ instruction }) => instruction !== null).map(({ instruction }) => instruction),
    ).toEqual([1, 2, 4]);
    expect(tools!.layers.find(({ instruction }) => instruction === 2)!.size).toBeGreaterThanOrEqual(700_000);
    expect(last!.layers.find(({ instruction }) => instruction === 1)!.size).toBeGreaterThanOrEqual(700_000);
  });

  it("leaves one image of a document, the last one that succeeded", async () => {
    const document = `kept-${process.pid}`;
    const mine = () => ours(document);
    const first = await build(host(), { document, dockerfile: dockerfile() });
    expect(first.finished.status).toBe("succeeded");
    const kept = await mine();
    expect(kept).toHaveLength(1);
    expect(await docker("inspect", "-f", "{{.Id}}", kept[0]!)).toBe(first.sizeOf(2).image);

    await build(host(), { document, dockerfile: `${dockerfile()}RUN exit 1\n` });
    expect(await mine()).toEqual(kept);

    await build(host(), { document, dockerfile: dockerfile() });
    const replaced = await mine();
    expect(replaced).toHaveLength(1);
    expect(replaced).not.toEqual(kept);
  });

  it("never takes a tag away that is somebody else's", async () => {
    const document = `tagged-${process.pid}`;
    const text = dockerfile();
    const told = await build(host(), { document, dockerfile: text });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    expect(told.all("warning")).toEqual([]);
    const [own] = await ours(document);
    await docker("tag", own!, `somebody/tagged:${document}`);
    const before = await docker("inspect", "-f", "{{.Id}}", `somebody/tagged:${document}`);
    await build(host(), { document, dockerfile: text });
    await build(host(), { document, dockerfile: dockerfile() });
    expect(await docker("inspect", "-f", "{{.Id}}", `somebody/tagged:${document}`)).toBe(before);
    expect(before).toBe(told.sizeOf(2).image);
    await docker("rmi", `somebody/tagged:${document}`);
  });

  it("knows a stage without files", async () => {
    const told = await build(host(), { dockerfile: "FROM scratch AS empty\nFROM scratch\nLABEL a=b\n" });
    expect(told.finished.status).toBe("succeeded");
    expect(told.sizeOf(0)).toMatchObject({ size: 0, base: 0 });
    expect(told.sizeOf(1)).toMatchObject({ size: 0, base: 0 });
  });

  it("takes a build from the cache, and weighs it all the same", async () => {
    const text = dockerfile();
    const cold = await build(host(), { dockerfile: text });
    const warm = await build(host(), { dockerfile: text });
    expect(warm.all("vertex").some(({ name, cached }) => name.includes("RUN dd") && cached)).toBe(true);
    for (const stage of [0, 1, 2]) expect(warm.sizeOf(stage).layers).toEqual(cold.sizeOf(stage).layers);
    const again = await build(host(), { dockerfile: text, options: { noCache: true } });
    expect(again.all("vertex").some(({ name, cached }) => name.includes("RUN dd") && cached)).toBe(false);
    for (const stage of [0, 1, 2]) expect(again.sizeOf(stage).size).toBeGreaterThan(0);
  });
});
