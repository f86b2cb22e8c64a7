/** Every option of a build reaches the host and does there what `docker build` says it does. */
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { BuildOptions } from "@/lib/build/options";
import { build, type EngineSuite, fresh, onEveryEngine, type Told } from "./builds";

interface Row {
  name: string;
  dockerfile: string;
  options: Partial<BuildOptions>;
  /** Output of the instruction at [stage, instruction]. */
  output: [stage: number, instruction: number, text: string | RegExp][];
}

/** A step that no cache knows. */
const run = (command: string) => `RUN : ${fresh()}; ${command}`;

const everywhere: Row[] = [
  {
    name: "build arguments, global and of a stage",
    dockerfile: `ARG BASE=none\nFROM \${BASE} AS a\nARG NAME=nobody\n${run('echo "hello $NAME"')}\n`,
    options: { buildArgs: { BASE: "busybox", NAME: "a, b = 'c' \"d\" $e" } },
    output: [[0, 2, "hello a, b = 'c' \"d\" $e\n"]],
  },
  {
    name: "a platform",
    dockerfile: `FROM --platform=$BUILDPLATFORM busybox\nARG TARGETPLATFORM\n${run('echo "for $TARGETPLATFORM"')}\n`,
    options: { platform: "linux/arm64" },
    output: [[0, 2, "for linux/arm64\n"]],
  },
  {
    name: "no network",
    dockerfile: `FROM busybox\n${run("ls /sys/class/net | tr '\\n' ' '")}\n`,
    options: { network: "none" },
    output: [[0, 1, "lo "]],
  },
  {
    name: "the host's network",
    dockerfile: `FROM busybox\n${run("test $(ls /sys/class/net | wc -l) -gt 2 && echo several")}\n`,
    options: { network: "host" },
    output: [[0, 1, "several\n"]],
  },
  {
    name: "additional hosts",
    dockerfile: `FROM busybox\n${run("grep -E 'stagecraft' /etc/hosts | tr '\\t' ' '")}\n`,
    options: { addHosts: { "one.stagecraft": "10.1.2.3", "six.stagecraft": "fd00::1" } },
    output: [
      [0, 1, /10\.1\.2\.3 +one\.stagecraft/],
      [0, 1, /fd00::1 +six\.stagecraft/],
    ],
  },
];

/** Of what frontends before 1.4 do not know. */
const newer: Row[] = [
  {
    name: "ulimits",
    dockerfile: `FROM busybox\n${run("ulimit -Sn; ulimit -Hn; ulimit -c")}\n`,
    options: { ulimits: { nofile: "123:456", core: "0" } },
    output: [[0, 1, "123\n456\n0\n"]],
  },
  {
    name: "an image in place of an image",
    dockerfile: `FROM no-such-image-anywhere AS a\n${run("echo here")}\n`,
    options: { contexts: { "no-such-image-anywhere": "docker-image://busybox" } },
    output: [[0, 1, "here\n"]],
  },
  {
    name: "an image in place of a stage",
    dockerfile: `FROM busybox AS tools\nRUN exit 7\n\nFROM busybox\n${run("echo built")}\nCOPY --from=tools /bin/busybox /copied\n`,
    options: { contexts: { tools: "docker-image://busybox" } },
    output: [[1, 1, "built\n"]],
  },
  {
    name: "a folder of the build context",
    dockerfile: `FROM busybox\nCOPY --from=shared file /copied\n${run("cat /copied")}\n`,
    options: { contexts: { shared: "deep/shared" } },
    output: [[0, 2, "from the folder"]],
  },
];

onEveryEngine("options", (suite) => {
  const { host, folder, kind } = suite;

  async function context(): Promise<string> {
    const root = await folder();
    await mkdir(join(root, "deep/shared"), { recursive: true });
    await writeFile(join(root, "deep/shared/file"), "from the folder");
    return root;
  }

  it.each(kind === "20.10" ? everywhere : [...everywhere, ...newer])("$name", async (row) => {
    const told = await build(host(), { ...row, context: await context() });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    for (const [stage, instruction, text] of row.output) {
      const output = told.output(stage, instruction);
      if (typeof text === "string") expect(output).toBe(text);
      else expect(output).toMatch(text);
    }
  });

  const tooNew: [Partial<BuildOptions>, RegExp][] = [
    [{ contexts: { tools: "docker-image://busybox" } }, /knows no named contexts/],
    [{ ulimits: { nofile: "1" } }, /knows no ulimits/],
  ];
  it.each(kind === "20.10" ? tooNew : [])(
    "says of an engine that is too old for %j that it is",
    async (options, message) => {
      const told = await build(host(), { dockerfile: "FROM busybox\n", options });
      expect(told.finished.error?.message).toMatch(message);
      expect(told.all("plan")).toEqual([]);
    },
  );

  it.each(kind === "20.10" ? [] : [{ shared: "nowhere" }])(
    "says which folder of a named context is missing: %j",
    async (contexts) => {
      const options = { contexts };
      const dockerfile = "FROM busybox\nCOPY --from=shared file /\n";
      const told = await build(host(), { dockerfile, options, context: await context() });
      expect(told.finished.error?.message).toContain("the folder nowhere of the build context");
    },
  );

  it("takes nothing, everything, or all but some stages from the cache", async () => {
    const dockerfile = `FROM busybox AS one\nRUN echo ${fresh()}\nFROM busybox AS two\nRUN echo ${fresh()}\n`;
    const again = async (options: Partial<BuildOptions>) => {
      const told = await build(host(), { dockerfile, options });
      expect(told.finished.status).toBe("succeeded");
      return [0, 1].map((stage) => ran(told, stage, 1));
    };
    expect(await again({})).toEqual([true, true]);
    expect(await again({})).toEqual([false, false]);
    expect(await again({ noCacheStages: ["two"] })).toEqual([false, true]);
    expect(await again({ noCacheStages: ["one"] })).toEqual([true, false]);
    expect(await again({ noCache: true })).toEqual([true, true]);
  });

  it("asks the registry for base images when told to pull", async () => {
    const dockerfile = "FROM localhost:1/stagecraft/never:there\n";
    const image = "localhost:1/stagecraft/never:there";
    await host().api.tag("busybox", image);
    const kept = await build(host(), { dockerfile });
    expect(kept.finished.status).toBe("succeeded");
    const pulled = await build(host(), { dockerfile, options: { pull: true } });
    expect(pulled.finished.status).toBe("failed");
    expect(JSON.stringify(pulled.finished.error)).toContain("stagecraft/never");
    await host().api.removeTag(image);
  });

  it("uses the build cache that an image was given", async () => {
    const tag = `stagecraft-test-${process.pid}/cached:${kind}`;
    const dockerfile = `FROM busybox\n${run("echo ran > /f")}\n`;
    const options = { cacheInline: true, tags: [tag], cacheFrom: [tag] };
    const told = await build(host(), { dockerfile, options });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    const again = await build(host(), { dockerfile, options: { cacheFrom: [tag] } });
    expect(again.finished.status).toBe("succeeded");
    const imports = again
      .all("vertex")
      .filter(
        ({ name, completed }) => name === `importing cache manifest from ${tag}` && completed !== undefined,
      );
    expect(imports).toHaveLength(1);
    // The containerd store asks the registry, which is not there; the others take it from the image on the host.
    expect(imports[0]!.error === undefined).toBe(kind !== "28-containerd");
    expect(await savedImageHolds(suite, tag, "moby.buildkit.cache.v0")).toBe(true);
    await host().api.removeTag(tag);
  });

  it("labels and tags the image, whose name stays on the host until somebody takes it away", async () => {
    const tag = `stagecraft-test-${process.pid}/tagged:one`;
    const told = await build(host(), {
      dockerfile: "FROM busybox AS a\nFROM a AS b\nRUN : b\n",
      options: { labels: { "org.example.who": "a, b=c", plain: "" }, tags: [tag, `${tag}-two`] },
    });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    const { Config, Id } = await inspect(suite, tag);
    expect(Config.Labels).toMatchObject({ "org.example.who": "a, b=c", plain: "" });
    expect((await inspect(suite, `${tag}-two`)).Id).toBe(Id);
    expect(told.sizeOf(1).image).toBe(Id);
    await Promise.all([host().api.removeTag(tag), host().api.removeTag(`${tag}-two`)]);
  });

  it("says that all is built, and named, before it weighs anything", async () => {
    const tag = `stagecraft-test-${process.pid}/early:one`;
    let named: Promise<unknown> = Promise.reject(new Error("It was never said that all is built."));
    named.catch(() => {});
    const told = await build(host(), {
      dockerfile: `FROM busybox AS side\n${run("echo side > /f")}\nFROM busybox\n${run("echo main > /f")}\n`,
      options: { tags: [tag] },
      onEvent: ({ type }) => {
        if (type === "built") named = host().api.image(tag);
      },
    });
    const order = told.events.map(({ type }) => type).filter((type) => /built|size|finished/.test(type));
    expect(order).toEqual(["built", "size", "size", "finished"]);
    expect(await named).toMatchObject({ Id: told.sizeOf(1).image });
    await host().api.removeTag(tag);
  });

  it("does not say that all is built where a stage beside the target fails", async () => {
    const told = await build(host(), {
      dockerfile: `FROM busybox AS side\n${run("exit 4")}\nFROM busybox\nRUN true\n`,
    });
    expect(told.finished).toMatchObject({ status: "failed", error: { exitCode: 4 } });
    expect(told.all("built")).toEqual([]);
  });

  it("leaves nothing on the host where the image is to be discarded, and knows its sizes all the same", async () => {
    const document = `discard-${process.pid}`;
    const options = { output: "discard" as const };
    const told = await build(host(), {
      dockerfile: `FROM busybox\n${run("echo hi > /f")}\n`,
      options,
      document,
    });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    expect(told.sizeOf(0).size).toBeGreaterThan(1_000_000);
    expect(await host().api.tags(`stagecraft-build/${document}`)).toEqual([]);
  });

  it("hands a secret to the steps that ask for it, and hides it where one prints it", async () => {
    const secret = `s3cret-${fresh()}`;
    // Whole, and in two pieces that come apart in time.
    const file = "/run/secrets/token";
    const printing = `wc -c < ${file}; cat ${file}; printf %s "$(head -c 9 ${file})"; sleep 0.3; tail -c +10 ${file}`;
    const secrets = { token: `${secret}\n`, "npm/key": "other value" };
    const told = await build(host(), {
      dockerfile:
        "FROM busybox\n" +
        `RUN --mount=type=secret,id=token : ${fresh()}; ${printing}\n` +
        `RUN --mount=type=secret,id=npm/key,target=/key : ${fresh()}; test "$(cat /key)" = "other value" && echo same\n`,
      options: { secrets: ["token", "npm/key"] },
      secrets,
    });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    expect(told.output(0, 1)).toBe(`${secret.length + 1}\n***\n***\n`);
    expect(told.output(0, 2)).toBe("same\n");
    expect(JSON.stringify(told.events)).not.toContain(secret);
  });

  it("says which required secret was not given", async () => {
    const told = await build(host(), {
      dockerfile: `FROM busybox\nRUN --mount=type=secret,id=absent,required=true : ${fresh()}\n`,
    });
    expect(told.finished.status).toBe("failed");
    expect(JSON.stringify(told.finished.error)).toMatch(/absent/);
  });
});

/** Whether a step was done anew: what comes from the cache prints nothing. */
function ran(told: Told, stage: number, instruction: number): boolean {
  return told.output(stage, instruction) !== "";
}

/** Whether an image, as `docker save` gives it, holds these words. */
async function savedImageHolds({ socket }: EngineSuite, image: string, words: string): Promise<boolean> {
  const saved = `curl -s --unix-socket "$0" "http://docker/images/$1/get" | grep -acF "$2" || true`;
  const { stdout } = await promisify(execFile)("sh", ["-c", saved, socket(), image, words]);
  return Number(stdout) > 0;
}

async function inspect({ socket }: EngineSuite, image: string) {
  const { stdout } = await promisify(execFile)("curl", [
    "-s",
    "--unix-socket",
    socket(),
    `http://docker/images/${image}/json`,
  ]);
  return JSON.parse(stdout) as { Id: string; Config: { Labels: Record<string, string> } };
}
