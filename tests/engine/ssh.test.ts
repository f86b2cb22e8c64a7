/** Steps with an ssh mount sign with the keys that a build was lent, by OpenSSH's own programs, and never see them. */
import { execFile, spawn } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { socketAgent } from "@/lib/build/server/ssh-agent/agent";
import { agentsOfKeys } from "@/lib/build/server/ssh-agent/keys";
import { build, fresh, onEveryEngine } from "./builds";
import { freePort } from "./registry";

const run = promisify(execFile);
const PROGRAMS = ["/usr/bin/ssh", "/usr/bin/ssh-add"];
const PASSPHRASE = "hush, hush";
/** Kinds of keys that are understood, as ssh-keygen makes them; the last two are locked. */
const KINDS = [
  ["-t", "ed25519", "-N", ""],
  ["-t", "rsa", "-N", ""],
  ["-t", "ecdsa", "-b", "256", "-N", ""],
  ["-t", "ecdsa", "-b", "521", "-N", PASSPHRASE],
  ["-t", "rsa", "-m", "PEM", "-N", PASSPHRASE],
];
const SETUP = "FROM busybox\nCOPY . /\nRUN echo root:x:0:0::/root:/bin/sh > /etc/passwd\n";

/** The programs with all that they load, as they lie on this machine. */
async function copyPrograms(root: string): Promise<void> {
  const { stdout } = await run("ldd", PROGRAMS);
  const libraries = stdout.match(/\/\S+\.so\S*/g) ?? [];
  for (const file of new Set([...PROGRAMS, ...libraries])) {
    await mkdir(join(root, dirname(file)), { recursive: true });
    await copyFile(file, join(root, file));
  }
}

async function newKey(folder: string, name: string, kind = KINDS[0]!): Promise<string> {
  const file = join(folder, name);
  await run("ssh-keygen", ["-q", "-C", name, "-f", file, ...kind]);
  return file;
}

const given = async (file: string) => {
  const content = await readFile(file);
  const unlocked = await run("ssh-keygen", ["-y", "-P", "", "-f", file]).then(
    () => true,
    () => false,
  );
  return { key: content.toString("base64"), ...(unlocked ? {} : { passphrase: PASSPHRASE }) };
};

onEveryEngine("ssh keys", (suite) => {
  const { host, folder, kind } = suite;
  const started: { kill(): void }[] = [];
  afterAll(() => {
    for (const each of started) each.kill();
  });

  it("of every kind are listed and sign, and are told nowhere", async () => {
    const [context, keys] = [await folder(), await folder()];
    await copyPrograms(context);
    const files = await Promise.all(KINDS.map((words, nth) => newKey(keys, `key${nth}`, words)));
    const publics = await Promise.all(files.map((file) => readFile(`${file}.pub`, "utf8")));
    await Promise.all(publics.map((text, nth) => writeFile(join(context, `key${nth}.pub`), text)));
    const sign = (nth: number) =>
      `RUN --mount=type=ssh,id=keys,required=true : ${fresh()}; ssh-add -L && ssh-add -T /key${nth}.pub && echo signs\n`;
    const contents = await Promise.all(files.map(given));
    const told = await build(host(), {
      dockerfile: SETUP + files.map((_, nth) => sign(nth)).join(""),
      context,
      ssh: await agentsOfKeys({ keys: contents }),
    });
    expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
    for (const [nth, text] of publics.entries()) {
      const [type, key] = text.split(" ");
      expect(told.output(0, 3 + nth)).toContain(`${type} ${key}`);
      expect(told.output(0, 3 + nth)).toContain("signs");
    }
    const events = JSON.stringify(told.events);
    for (const file of files) {
      const [, secret = ""] = (await readFile(file, "utf8")).split("\n").slice(1);
      expect(secret.length).toBeGreaterThan(20);
      expect(events).not.toContain(secret);
    }
  });

  if (kind !== "28-overlay2") return;

  it("open an ssh server, also those of an agent, which steps cannot change", async () => {
    const [context, here] = [await folder(), await folder()];
    await copyPrograms(context);
    const port = await freePort();
    const [key, hostKey] = [await newKey(here, "key"), await newKey(here, "host")];
    await newKey(context, "stranger");
    await writeFile(
      join(here, "config"),
      `ListenAddress 127.0.0.1:${port}\nHostKey ${hostKey}\nAuthorizedKeysFile ${key}.pub\nStrictModes no\nUsePAM no\nPidFile none\nPermitRootLogin yes\nForceCommand echo let in\n`,
    );
    await mkdir("/run/sshd", { recursive: true });
    started.push(spawn("/usr/sbin/sshd", ["-D", "-e", "-f", join(here, "config")], { stdio: "ignore" }));
    const socket = join(here, "agent");
    started.push(spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" }));
    const agent = (...words: string[]) =>
      run("ssh-add", words, { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    await expect
      .poll(() =>
        agent(key).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);

    const ssh = `ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -p ${port} root@127.0.0.1`;
    const dockerfile = () =>
      `${SETUP}RUN --mount=type=ssh : ${fresh()}; ${ssh}\nRUN --mount=type=ssh : ${fresh()}; chmod 600 /stranger; ssh-add /stranger || ssh-add -D || echo refused; ssh-add -l\n`;
    const options = { network: "host" as const };
    for (const ssh of [
      await agentsOfKeys({ default: [await given(key)] }),
      new Map([["default", socketAgent(socket)]]),
    ]) {
      const told = await build(host(), { dockerfile: dockerfile(), context, options, ssh });
      expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
      expect(told.output(0, 3)).toBe("let in\n");
      expect(told.output(0, 4)).toContain("refused");
    }
    expect((await agent("-l")).stdout.split("\n").filter(Boolean)).toHaveLength(1);
  });

  it("that were not given are said where a step cannot do without", async () => {
    const step = (words: string) => `FROM busybox\nRUN --mount=type=ssh${words} : ${fresh()}\n`;
    const without = await build(host(), { dockerfile: step("") });
    expect(without.finished.status).toBe("succeeded");
    const told = await build(host(), { dockerfile: step(",id=deploy,required=true") });
    expect(told.finished.status).toBe("failed");
    expect(told.finished.error).toMatchObject({
      place: { stage: 0, instruction: 1 },
      hint: expect.stringContaining("started without it"),
    });
    expect(JSON.stringify(told.finished.error)).toContain("deploy");
  });
});
