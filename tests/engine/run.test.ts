/** Containers from what was built, on real engines: what they say, and that nothing of them stays. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { RUN_LIMITS, type RunEvent } from "@/lib/build/run";
import { removeContainers, runContainer } from "@/lib/build/server/containers";
import { build, onEveryEngine } from "./builds";

onEveryEngine("running what was built", ({ host, socket }) => {
  const docker = async (...args: string[]) =>
    (await promisify(execFile)("docker", ["-H", `unix://${socket()}`, ...args])).stdout.trim();
  const left = () => docker("ps", "-aq", "--filter", "label=stagecraft.run");

  /** Builds the instructions on busybox, and runs the image. */
  async function run(
    instructions: string,
    command: string | null = null,
    signal = new AbortController().signal,
  ) {
    const told = await build(host(), {
      dockerfile: `FROM busybox\n${instructions}\n`,
      document: "run-tests",
    });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    const events: RunEvent[] = [];
    for await (const event of runContainer(
      host(),
      { image: told.sizeOf(0).image!, build: "b", command },
      signal,
    )) {
      events.push(event);
    }
    const text = (stream: 1 | 2) =>
      events.map((event) => (event.type === "output" && event.stream === stream ? event.text : "")).join("");
    return { events, last: events.at(-1), out: text(1), err: text(2) };
  }

  it.each<[string, string, string | null, object, string, string]>([
    ["its command", 'CMD ["echo", "hi"]', null, { exitCode: 0, reason: "exited" }, "hi\n", ""],
    ["its entrypoint", 'ENTRYPOINT ["echo", "a"]\nCMD ["b"]', null, { exitCode: 0 }, "a b\n", ""],
    ["a shell form", "CMD echo $HOME; echo oh >&2; exit 3", null, { exitCode: 3 }, "/root\n", "oh\n"],
    ["another command", 'ENTRYPOINT ["false"]', "echo instead && exit 7", { exitCode: 7 }, "instead\n", ""],
    ["characters of several bytes", "CMD printf 'Ü😀'", null, { exitCode: 0 }, "Ü😀", ""],
    ["no network", "CMD ip -o link | wc -l", null, { exitCode: 0 }, "1\n", ""],
  ])("%s", async (_, instructions, command, ended, out, err) => {
    const told = await run(instructions, command);
    expect(told.last).toMatchObject({ type: "ended", cut: 0, ...ended });
    expect([told.out, told.err]).toEqual([out, err]);
    expect(await left()).toBe("");
  });

  it("keeps no more than a bounded part of the output", async () => {
    const told = await run(`CMD head -c ${3 * RUN_LIMITS.outputBytes} /dev/zero | tr '\\0' x`);
    expect(told.last).toMatchObject({ type: "ended", exitCode: 0 });
    const { cut } = told.last as Extract<RunEvent, { type: "ended" }>;
    expect(told.out.length + cut).toBe(3 * RUN_LIMITS.outputBytes);
    expect(told.out.length).toBeLessThan(1.2 * RUN_LIMITS.outputBytes);
  });

  it("stops it when asked, and takes it away", async () => {
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 1_500);
    const told = await run("CMD trap '' TERM; while true; do sleep 1; done", null, stopping.signal);
    expect(told.last).toMatchObject({ type: "ended", exitCode: null, reason: "stopped" });
    expect(await left()).toBe("");
  });

  it.each<[string, string, RegExp]>([
    ["nothing to run", "ENTRYPOINT []\nCMD []", /neither ENTRYPOINT nor CMD/],
    ["no such program", 'CMD ["/no/such/program"]', /could not be started/],
  ])("says what is wrong: %s", async (_, instructions, message) => {
    expect((await run(instructions)).last).toMatchObject({
      type: "failed",
      message: expect.stringMatching(message),
    });
    expect(await left()).toBe("");
  });

  it("says that an image is gone", async () => {
    const events = runContainer(
      host(),
      { image: `sha256:${"0".repeat(64)}`, build: "b", command: null },
      new AbortController().signal,
    );
    expect((await events.next()).value).toMatchObject({
      type: "failed",
      hint: expect.stringContaining("Build again"),
    });
  });

  it("clears away what an earlier run of the server left", async () => {
    await docker("run", "-d", "--network=none", "--label=stagecraft.run=x", "busybox", "sleep", "100");
    await removeContainers(host());
    expect(await left()).not.toBe("");
    await removeContainers(host(), 0);
    expect(await left()).toBe("");
  });
});
