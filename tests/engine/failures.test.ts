/** Failing builds on real hosts, old wording and new: what, where, what to do, and the host's words whole. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import type { BuildError, BuildOptions } from "@/lib/build/events";
import { build, fresh, onEveryEngine } from "./builds";

interface Row {
  name: string;
  dockerfile: string;
  error: Partial<{ [Field in keyof BuildError]: unknown }>;
  options?: Partial<BuildOptions>;
  /** Of the build context. */
  files?: Record<string, string | Buffer>;
}

/** The head of an ELF for arm64 (EM_AARCH64), which is all that a kernel looks at to refuse it. */
const ARM_PROGRAM = Buffer.concat([
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0xb7, 0, 1, 0, 0, 0]),
  Buffer.alloc(200),
]);

const rows: Row[] = [
  {
    name: "a RUN that exits",
    dockerfile:
      "FROM busybox AS builder\nRUN echo before \\\n  && exit 7\n\nFROM busybox\nCOPY --from=builder /a /a\n",
    error: {
      message: "RUN echo before && exit 7 failed with exit code 7.",
      exitCode: 7,
      lines: [2, 3],
      place: { stage: 0, instruction: 1 },
      vertex: expect.stringMatching(/^sha256:/),
      detail: expect.stringMatching(/exit 7.*: exit code: 7$/s),
    },
  },
  {
    name: "a command that is not there",
    dockerfile: "FROM busybox\nRUN no-such-command\n",
    error: {
      exitCode: 127,
      place: { stage: 0, instruction: 1 },
      hint: expect.stringContaining("did not find the command"),
    },
  },
  {
    name: "a file that is not in the context",
    dockerfile: "FROM busybox\nENV a=b\nCOPY missing.txt /\n",
    error: {
      lines: [3, 3],
      place: { stage: 0, instruction: 2 },
      message: expect.stringMatching(/missing\.txt.*not found/),
      hint: "missing.txt is to come from the build context, and none is attached. Attach the folder that has it.",
    },
  },
  {
    name: "a file that is there by nearly the same name",
    dockerfile: "FROM busybox\nCOPY src/mian.c \\\n  /\n",
    files: { "src/main.c": "" },
    error: {
      lines: [2, 3],
      place: { stage: 0, instruction: 1 },
      hint: "src/mian.c is not in the build context; src/main.c is.",
    },
  },
  {
    name: "a file that the ignore file keeps out",
    dockerfile: "FROM busybox\nADD key /\n",
    files: { key: "", ".dockerignore": "key\n" },
    error: {
      place: { stage: 0, instruction: 1 },
      hint: "key is in the build context, but its ignore file keeps it out.",
    },
  },
  {
    name: "a file that the stage copied from did not make",
    dockerfile: "FROM busybox AS made\nFROM busybox\nCOPY --from=made /nothing /\n",
    error: {
      lines: [3, 3],
      place: { stage: 1, instruction: 1 },
      hint: expect.stringContaining("check that the stage makes it"),
    },
  },
  {
    name: "a program for another processor",
    dockerfile: 'FROM busybox\nCOPY program /\nRUN ["/program"]\n',
    files: { program: ARM_PROGRAM },
    error: {
      lines: [3, 3],
      place: { stage: 0, instruction: 2 },
      hint: expect.stringContaining("another processor"),
    },
  },
  {
    name: "a RUN without a way to an address",
    dockerfile: "FROM busybox\nRUN wget -q http://nowhere.invalid/file\n",
    error: { exitCode: 1, lines: [2, 2], hint: expect.stringContaining("no way to an address") },
  },
  {
    name: "an address that cannot be reached",
    dockerfile: "FROM busybox\nADD http://127.0.0.1:9/file /\n",
    error: {
      lines: [2, 2],
      place: { stage: 0, instruction: 1 },
      hint: expect.stringContaining("reach"),
    },
  },
  {
    name: "a base image that cannot be had",
    dockerfile:
      "FROM busybox AS fine\n\nFROM registry.invalid/no/such:1 AS broken\nFROM busybox\nCOPY --from=broken /a /\n",
    error: { lines: [3, 3], place: { stage: 1, instruction: 0 }, hint: expect.stringContaining("registry") },
  },
  {
    name: "COPY --from something that is neither stage nor image",
    dockerfile: "FROM busybox\nCOPY --from=registry.invalid/nothing /a /\n",
    error: { lines: [2, 2], place: { stage: 0, instruction: 1 } },
  },
  {
    name: "an unknown instruction",
    dockerfile: "FROM busybox\nRUN true\nFETCH it\n",
    error: { lines: [3, 3], message: expect.stringMatching(/unknown instruction: FETCH/i) },
  },
  {
    name: "a syntax image that cannot be pulled",
    dockerfile: "# syntax=docker/dockerfile:1\nFROM busybox\nRUN true\n",
    error: {
      lines: [1, 1],
      message: expect.stringContaining("docker/dockerfile:1"),
      hint: expect.stringContaining("Ignore the syntax line"),
    },
  },
  {
    name: "a Dockerfile without a stage",
    dockerfile: "# nothing yet\n",
    error: { message: "The Dockerfile has no stage to build.", hint: expect.stringContaining("FROM") },
  },
  {
    name: "a target that is not there",
    dockerfile: "FROM busybox\n",
    options: { target: 3 },
    error: { message: "There is no stage 3: the Dockerfile has 1." },
  },
  {
    name: "a secret that was not given",
    dockerfile: "FROM busybox\nRUN --mount=type=secret,id=key,required=true cat /run/secrets/key\n",
    error: { place: { stage: 0, instruction: 1 }, hint: expect.stringContaining("secret") },
  },
];

onEveryEngine("failures", ({ host, folder }) => {
  it.each(rows)("$name", async ({ dockerfile, options, files, error }) => {
    const context = files && (await folder());
    for (const [path, content] of Object.entries(files ?? {})) {
      await mkdir(dirname(join(context!, path)), { recursive: true });
      await writeFile(join(context!, path), content, { mode: 0o755 });
    }
    const told = await build(host(), {
      dockerfile,
      ...(options && { options }),
      ...(context && { context }),
    });
    expect(told.finished.status).toBe("failed");
    expect(told.finished.error).toMatchObject(error);
  });

  it("builds a file with a syntax line by the engine's own frontend where that is asked for", async () => {
    const dockerfile = "# syntax=docker/dockerfile:1\n# escape=`\nFROM busybox\nRUN echo a `\n  && echo b\n";
    const told = await build(host(), { dockerfile, options: { ignoreSyntax: true } });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    expect(told.plan.vertices.some(({ places }) => places[0]?.instruction === 1)).toBe(true);
  });

  it("reports what the other stages gave where one fails that is not shipped", async () => {
    const dockerfile = `FROM busybox AS side\nRUN echo ${fresh()} && exit 9\nFROM busybox AS other\nRUN echo ${fresh()} > /other\nFROM busybox\nCOPY --from=other /other /\n`;
    const told = await build(host(), { dockerfile });
    expect(told.finished).toMatchObject({
      status: "failed",
      error: { exitCode: 9, place: { stage: 0, instruction: 1 } },
    });
    expect(
      told
        .all("size")
        .map(({ stage }) => stage)
        .sort(),
    ).toEqual([1, 2]);
    const failed = told.all("vertex").find(({ digest }) => digest === told.finished.error?.vertex && told);
    expect(failed?.name).toContain("exit 9");
  });

  it("reports the sizes of what was done before the shipped stage failed", async () => {
    const dockerfile = `FROM busybox AS done\nRUN echo ${fresh()} > /done\nFROM busybox\nCOPY --from=done /done /\nRUN sleep 1 && exit 2\n`;
    const told = await build(host(), { dockerfile });
    expect(told.finished).toMatchObject({
      status: "failed",
      error: { exitCode: 2, place: { stage: 1, instruction: 2 } },
    });
    expect(told.all("size").map(({ stage }) => stage)).toEqual([0]);
  });

  it("knows the failing step of a Dockerfile so large that the host's answer ends the connection", async () => {
    const padding = `# ${"x".repeat(98)}\n`.repeat(900);
    const told = await build(host(), {
      dockerfile: `FROM busybox\n${padding}RUN echo ${fresh()} && exit 5\n`,
    });
    expect(told.finished).toMatchObject({
      status: "failed",
      error: { exitCode: 5, place: { stage: 0, instruction: 1 } },
    });
  });
});
