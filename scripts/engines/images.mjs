/**
 * Base images without a registry: file systems made of Debian's packages, kept as tar files, imported into an
 * engine under the names that Dockerfiles use.
 */
import { createReadStream } from "node:fs";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { engineCall } from "./api.mjs";
import { architecture, ensurePrograms, sourceLine, unpackPackages } from "./apt.mjs";
import { cached } from "./cache.mjs";
import { mustRun } from "./process.mjs";

const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const goPath = "PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** What each set is imported as. `busybox` is small and quick; `toolchain` holds Go and C compilers. */
export const imageSets = {
  busybox: {
    tags: ["busybox:latest", "busybox:musl", "alpine:latest", "alpine:3.20"],
    changes: [`ENV ${path}`, 'CMD ["sh"]'],
    make: busyboxTar,
  },
  toolchain: {
    tags: ["golang:1.19", "gcc:12"],
    // Offline there is no module proxy to ask; a hello world needs none.
    changes: [`ENV ${goPath}`, "ENV GOPATH=/go", "ENV GOFLAGS=-mod=mod", 'CMD ["bash"]'],
    make: toolchainTar,
  },
};

/**
 * Imports what the engine lacks of these sets.
 * @param {string} socket
 * @param {(keyof typeof imageSets)[]} sets
 * @param {(line: string) => void} say
 */
export async function ensureImages(socket, sets, say = () => {}) {
  for (const name of sets) {
    const { tags, changes, make } = imageSets[name];
    const missing = [];
    for (const tag of tags) if (!(await hasImage(socket, tag))) missing.push(tag);
    if (missing.length === 0) continue;
    const first = tags[0];
    if (missing.includes(first)) {
      const tar = await make(say);
      say(`importing ${tags.join(", ")}`);
      await importImage(socket, tar, first, changes);
    }
    for (const tag of missing) if (tag !== first) await tagImage(socket, first, tag);
  }
}

const hasImage = async (socket, tag) =>
  (await engineCall(socket, "GET", `/images/${tag}/json`)).status === 200;

async function importImage(socket, tar, tag, changes) {
  const [repo, version] = tag.split(":");
  const query = new URLSearchParams({ fromSrc: "-", repo, tag: version, message: "made of Debian packages" });
  for (const change of changes) query.append("changes", change);
  const { status, text } = await engineCall(socket, "POST", `/images/create?${query}`, createReadStream(tar));
  if (status !== 200 || text.includes('"error"'))
    throw new Error(`Importing ${tag} failed: ${text.slice(-500)}`);
}

async function tagImage(socket, from, tag) {
  const [repo, version] = tag.split(":");
  const query = new URLSearchParams({ repo, tag: version });
  const { status, text } = await engineCall(socket, "POST", `/images/${from}/tag?${query}`);
  if (status !== 201) throw new Error(`Tagging ${from} as ${tag} failed: ${text}`);
}

async function busyboxTar(say) {
  return cached(`images/busybox-${await architecture()}.tar`, async (tar) => {
    say("making the busybox image");
    const files = `${tar}.files`;
    const root = `${tar}.root`;
    try {
      await unpackPackages("bookworm", ["busybox-static"], files);
      for (const folder of ["bin", "etc", "root", "tmp", "usr/bin", "var/tmp", "lib"]) {
        await mkdir(join(root, folder), { recursive: true });
      }
      await mustRun("cp", [join(files, "bin/busybox"), join(root, "bin/busybox")]);
      await mustRun("chmod", ["1777", join(root, "tmp"), join(root, "var/tmp")]);
      const applets = (await mustRun(join(root, "bin/busybox"), ["--list"])).split("\n").filter(Boolean);
      for (const applet of applets) {
        if (applet !== "busybox") await symlink("busybox", join(root, "bin", applet));
      }
      await writeFile(
        join(root, "etc/passwd"),
        "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n",
      );
      await writeFile(join(root, "etc/group"), "root:x:0:\nnogroup:x:65534:\n");
      await mustRun("tar", [
        ...["-C", root, "--owner=0", "--group=0", "--numeric-owner", "--sort=name"],
        "-cf",
        tar,
        ".",
      ]);
    } finally {
      await rm(files, { recursive: true, force: true });
      await rm(root, { recursive: true, force: true });
    }
  });
}

async function toolchainTar(say) {
  return cached(`images/toolchain-${await architecture()}.tar`, async (tar) => {
    await ensurePrograms(
      [{ program: "mmdebstrap", package: "mmdebstrap", why: "makes the golang:1.19 and gcc:12 images" }],
      say,
    );
    say("making the golang:1.19 image (about a minute, once)");
    const source = await sourceLine("bookworm");
    const args = [
      ...["--variant=apt", "--include=golang-go,gcc,libc6-dev", "--format=tar"],
      ...['--aptopt=APT::Install-Recommends "false"', "--dpkgopt=path-exclude=/usr/share/doc/*"],
      ...["--dpkgopt=path-exclude=/usr/share/man/*", '--customize-hook=mkdir -p "$1/go/bin"'],
      ...['--customize-hook=rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin'],
    ];
    await mustRun("mmdebstrap", [...args, "bookworm", `${tar}.tar`, source]);
    await mustRun("mv", [`${tar}.tar`, tar]);
  });
}
