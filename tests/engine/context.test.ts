/**
 * Files reach the host exactly as `docker build` would send them. The oracle is its cache: BuildKit takes a COPY from
 * the cache only where names, modes, links, contents and what was left out are the same to the last bit.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, link, mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { build, eachBuildKit, fresh, onEveryEngine } from "./builds";

const SHOW =
  "RUN find /context | sort | while IFS= read -r path; do stat -c '%n %A %u:%g %s' \"$path\"; done && find /context -type l -exec readlink {} \\;";

interface Row {
  name: string;
  files: Record<string, string>;
  prepare?: (folder: string) => Promise<unknown>;
  copies: string[];
  /** Paths below /context after the copies, directories among them; only where it adds to what the oracle says. */
  there?: string[];
  absent?: string[];
}

const rows: Row[] = [
  {
    name: "everything, with empty folders, names of all sorts, and an empty file",
    files: {
      "a.txt": "a",
      "a/b.txt": "b",
      "a-b": "c",
      "Ünïcödé/näme": "d",
      "sp ace/x,y": "e",
      empty: "",
      "a.b/c": "f",
      "😀": "g",
      "\uffee": "h",
    },
    prepare: (folder) => mkdir(join(folder, "nothing/inside"), { recursive: true }),
    copies: ["COPY . /context"],
    there: ["/nothing/inside", "/Ünïcödé/näme", "/sp ace/x,y"],
  },
  {
    name: "modes and links",
    files: { run: "#!/bin/sh\n", "private/key": "k", target: "t" },
    prepare: async (folder) => {
      await chmod(join(folder, "run"), 0o4755);
      await chmod(join(folder, "private"), 0o700);
      await chmod(join(folder, "private/key"), 0o600);
      await symlink("target", join(folder, "relative"));
      await symlink("/etc/passwd", join(folder, "absolute"));
      await symlink("nowhere", join(folder, "dangling"));
      await symlink("private", join(folder, "to-folder"));
      await link(join(folder, "target"), join(folder, "twin"));
    },
    copies: ["COPY . /context"],
  },
  {
    name: "a .dockerignore with exceptions, globs and double stars",
    files: {
      ".dockerignore":
        "# comment\n\n/node_modules\n**/*.log\n!keep.log\nbuild/**\n!build/out/**/*.js\n*.tm?\nsecret*\n!secret.pub\ndeep/*/skip\n",
      "node_modules/x/index.js": "1",
      "sub/node_modules/y.js": "2",
      "a.log": "3",
      "sub/b.log": "4",
      "keep.log": "5",
      "build/junk": "6",
      "build/out/app.js": "7",
      "build/out/app.css": "9",
      "x.tmp": "10",
      secret: "11",
      "secret.pub": "12",
      "deep/a/skip/file": "13",
      "deep/a/stay": "14",
    },
    copies: ["COPY . /context"],
    there: ["/sub/node_modules/y.js", "/keep.log", "/build/out/app.js", "/secret.pub", "/deep/a/stay"],
    absent: [
      "/node_modules",
      "/a.log",
      "/build/junk",
      "/build/out/app.css",
      "/x.tmp",
      "/secret",
      "/deep/a/skip",
    ],
  },
  {
    name: "Dockerfile.dockerignore before .dockerignore",
    files: { ".dockerignore": "one\n", "Dockerfile.dockerignore": "two\n", one: "1", two: "2" },
    copies: ["COPY . /context"],
    there: ["/one"],
    absent: ["/two"],
  },
  {
    name: "only what is copied, through links and globs",
    files: {
      "src/main.c": "1",
      "src/lib/lib.c": "2",
      "docs/big": "3",
      "real/file": "4",
      "one.conf": "5",
      "two.conf": "6",
    },
    prepare: async (folder) => {
      await symlink("real", join(folder, "alias"));
      await symlink("alias/file", join(folder, "chain"));
      await symlink("../../../../etc", join(folder, "out"));
    },
    copies: ["COPY src /context/src", "COPY chain alias/file *.conf /context/"],
    there: ["/src/lib/lib.c", "/chain", "/file", "/two.conf"],
    absent: ["/docs"],
  },
  {
    name: "a long .dockerignore",
    files: {
      ".dockerignore": Array.from({ length: 1500 }, (_, line) => `ignored/by/line-${line}/*`).join("\n"),
      "ignored/by/line-1400/file": "1",
      "ignored/by/other/file": "2",
    },
    copies: ["COPY . /context"],
    there: ["/ignored/by/other/file"],
    absent: ["/ignored/by/line-1400/file"],
  },
];

onEveryEngine(
  "context",
  ({ host, socket, folder, kind }) => {
    it.each(rows)("$name", async ({ files, prepare, copies, there, absent }) => {
      const root = await folder();
      await writeFiles(root, files);
      await prepare?.(root);
      const dockerfile = ["FROM busybox", `ENV FRESH=${fresh()}`, ...copies, SHOW, ""].join("\n");
      const told = await build(host(), { dockerfile, context: root });
      expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
      const listing = told.output(0, copies.length + 2);
      for (const path of there ?? []) expect(listing).toContain(`/context${path} `);
      for (const path of absent ?? []) expect(listing).not.toContain(`/context${path} `);
      await writeFile(join(root, "Dockerfile"), dockerfile);
      if (copies[0] === "COPY . /context") {
        // docker build reads the Dockerfile from the folder: it must be there for both.
        const complete = await build(host(), { dockerfile, context: root });
        expect(complete.finished.status).toBe("succeeded");
      }
      const steps = await dockerBuild(root);
      for (const copy of copies)
        expect(steps).toMatch(new RegExp(`${escaped(copy)}\\n(?:#\\d+ .*\\n)*?#\\d+ CACHED`));
    });

    // What is tested is how it is sent; how long a store takes over it is the host's own affair.
    if (kind === "20.10")
      it("sends five thousand files, and again only what changed", async () => {
        const root = await folder();
        for (let directory = 0; directory < 50; directory++) {
          await mkdir(join(root, `directory-${directory}`));
          await Promise.all(
            Array.from({ length: 100 }, (_, file) =>
              writeFile(join(root, `directory-${directory}/file-${file}`), `${directory} ${file}`),
            ),
          );
        }
        const document = `many-${process.pid}`;
        const dockerfile = `FROM busybox\nENV FRESH=${fresh()}\nCOPY . /context\nRUN find /context -type f | wc -l && cat /context/directory-49/file-99\n`;
        const told = await build(host(), { dockerfile, context: root, document });
        expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
        expect(told.output(0, 3)).toBe("5000\n49 99");
        const sent = transferred(told);
        await writeFile(join(root, "directory-49/file-99"), "changed");
        await utimes(join(root, "directory-49/file-99"), new Date(), new Date());
        const again = await build(host(), { dockerfile, context: root, document });
        expect(again.output(0, 3)).toBe("5000\nchanged");
        expect(transferred(again)).toBeLessThan(sent);
      });

    if (kind === "28-overlay2")
      it("sends a large file without holding it in memory", async () => {
        const root = await folder();
        const size = 300_000_000;
        await promisify(execFile)("sh", ["-c", `head -c ${size} /dev/urandom > ${root}/large`]);
        const before = process.memoryUsage().rss;
        let most = 0;
        const sampling = setInterval(() => {
          most = Math.max(most, process.memoryUsage().rss - before);
        }, 20);
        const told = await build(host(), {
          dockerfile: "FROM busybox\nCOPY large /\nRUN stat -c %s /large\n",
          context: root,
        });
        clearInterval(sampling);
        expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
        expect(told.output(0, 2)).toBe(`${size}\n`);
        expect(most).toBeLessThan(150_000_000);
      });

    it("builds without a context", async () => {
      const told = await build(host(), {
        dockerfile: `FROM busybox\nENV FRESH=${fresh()}\nCOPY . /context\nRUN find /context\n`,
      });
      expect(told.finished.status).toBe("succeeded");
      expect(told.output(0, 3)).toBe("/context\n");
    });

    /** The steps as `docker build` prints them; by the client whose BuildKit is built in, where there are two. */
    async function dockerBuild(root: string): Promise<string> {
      const docker = existsSync("/usr/bin/docker") ? "/usr/bin/docker" : "docker";
      const env = { ...process.env, DOCKER_BUILDKIT: "1", DOCKER_HOST: `unix://${socket()}` };
      const { stderr, stdout } = await promisify(execFile)(docker, ["build", "--progress=plain", root], {
        env,
      });
      return stdout + stderr;
    }
  },
  eachBuildKit,
);

function transferred(told: Awaited<ReturnType<typeof build>>): number {
  const bytes = told
    .all("progress")
    .filter(({ id }) => id.startsWith("transferring context"))
    .map(({ current }) => current);
  return Math.max(...bytes);
}

async function writeFiles(root: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, name, ".."), { recursive: true });
    await writeFile(join(root, name), text);
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
