/** Images go to a registry, and base images and build cache come from one, with the login that was lent. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Credentials } from "@/lib/build/server/credentials";
import { build, fresh, onEveryEngine } from "./builds";
import { LOGIN, type Registry, startRegistry } from "./registry";

onEveryEngine("a registry", ({ host, kind }) => {
  let registry: Registry;
  const made: string[] = [];
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(async () => {
    for (const tag of made) await host().api.removeTag(tag);
    await registry?.stop();
  });

  const credentials: Credentials = {
    of: async (name) => (name === registry.address ? LOGIN : null),
  };
  const name = (repository: string) => {
    const tag = `${registry.address}/${repository}:one`;
    made.push(tag);
    return tag;
  };
  const dockerfile = () => `FROM busybox\nRUN echo ${fresh()} | tee /made\n`;

  it("takes an image that is pushed, and says how far it is", async () => {
    const tag = name(`${kind}/pushed`);
    const options = { output: "push" as const, tags: [tag] };
    const told = await build(host(), { dockerfile: dockerfile(), options, credentials });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    expect(await registry.tags(`${kind}/pushed`)).toEqual(["one"]);
    const vertices = told.all("vertex").filter(({ name }) => name === `pushing ${tag}`);
    expect(vertices.at(-1)).toMatchObject({ completed: expect.any(Number) });
    // The containerd store looks now and then only, and has nothing to say of what is small.
    const figures = told.all("progress").filter(({ vertex }) => vertex === vertices[0]!.digest);
    expect(figures.length).toBeGreaterThanOrEqual(kind === "28-containerd" ? 0 : 1);
    expect(told.events.findIndex(({ type }) => type === "built")).toBeGreaterThan(
      told.events.indexOf(vertices.at(-1)!),
    );
    expect(JSON.stringify(told.events)).not.toContain(LOGIN.password);
  });

  it("refuses an image without a login, which fails the build", async () => {
    const tag = name(`${kind}/refused`);
    const told = await build(host(), {
      dockerfile: dockerfile(),
      options: { output: "push", tags: [tag] },
    });
    expect(told.finished.status).toBe("failed");
    expect(told.finished.error?.message).toContain(tag);
    expect(told.finished.error?.hint).toContain("docker login");
    expect(await registry.tags(`${kind}/refused`)).toEqual([]);
  });

  it("gives a base image to a build with the login, and to none without", async () => {
    const tag = name(`${kind}/base`);
    await build(host(), { dockerfile: dockerfile(), options: { output: "push", tags: [tag] }, credentials });
    const based = { dockerfile: `FROM ${tag}\nRUN : ${fresh()}; cat /made\n`, options: { pull: true } };
    const told = await build(host(), { ...based, credentials });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    expect(told.output(0, 1)).not.toBe("");
    const without = await build(host(), based);
    expect(without.finished.status).toBe("failed");
  });

  it("is not needed where nothing says where to push", async () => {
    const told = await build(host(), { dockerfile: dockerfile(), options: { output: "push" } });
    expect(told.finished.error?.message).toContain("nothing says where to");
  });
});
