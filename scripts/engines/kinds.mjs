/** The engines that tests run against: where each one's programs come from and what sets it apart. */
import { join } from "node:path";
import { unpackPackages } from "./apt.mjs";
import { cached } from "./cache.mjs";
import { findProgram, run } from "./process.mjs";

/**
 * @typedef {object} Kind
 * @property {string} name
 * @property {number} network third number of the bridge's address, 172.31.N.1
 * @property {string} bridge at most 15 characters, Linux's limit
 * @property {object} config of dockerd
 * @property {boolean} [aside] not among those that every test of an engine runs on
 * @property {Record<string, string>} [environment] of dockerd, beside this process's own
 * @property {string} [disk] its data lies on a disk of its own of this size, as mount(8) writes it, gone when it ends
 * @property {() => Promise<string[]>} programs folders that hold dockerd and containerd, first wins
 */

/** @type {Record<string, Kind>} */
export const kinds = {
  "20.10": {
    name: "20.10",
    network: 201,
    bridge: "br-sc-2010",
    config: {},
    programs: oldPrograms,
  },
  "28-overlay2": {
    name: "28-overlay2",
    network: 202,
    bridge: "br-sc-28o",
    config: { features: { "containerd-snapshotter": false } },
    programs: newPrograms,
  },
  "28-containerd": {
    name: "28-containerd",
    network: 203,
    bridge: "br-sc-28c",
    config: { features: { "containerd-snapshotter": true } },
    programs: newPrograms,
  },
  26: {
    name: "26",
    network: 204,
    bridge: "br-sc-26",
    config: {},
    programs: trixiePrograms,
    aside: true,
  },
  // To be killed and filled up: no other test may stand on it.
  small: {
    name: "small",
    network: 205,
    bridge: "br-sc-small",
    config: { features: { "containerd-snapshotter": false } },
    programs: newPrograms,
    disk: "96m",
    aside: true,
  },
  // To be killed by the browser's tests, which run beside those of the engines.
  spare: {
    name: "spare",
    network: 207,
    bridge: "br-sc-spare",
    config: { features: { "containerd-snapshotter": false } },
    programs: newPrograms,
    aside: true,
  },
  // Hands on all that a step says: else it is cut after 2 MiB, and at 200 KiB a second.
  unclipped: {
    name: "unclipped",
    network: 206,
    bridge: "br-sc-unclip",
    config: { features: { "containerd-snapshotter": false } },
    environment: { BUILDKIT_STEP_LOG_MAX_SIZE: "-1", BUILDKIT_STEP_LOG_MAX_SPEED: "-1" },
    programs: newPrograms,
    aside: true,
  },
};

/** Debian 12's docker.io: the installed one where it is that version, else unpacked aside. */
async function oldPrograms() {
  const dockerd = findProgram("dockerd");
  if (dockerd && /version 20\.10\./.test((await run(dockerd, ["--version"])).stdout)) return [];
  const root = await cached("engines/debian-bookworm", (into) =>
    unpackPackages("bookworm", ["docker.io", "containerd"], into),
  );
  return programFolders(root);
}

/** Debian 13's. */
async function trixiePrograms() {
  const root = await cached("engines/debian-trixie", (into) =>
    unpackPackages("trixie", ["docker.io", "containerd"], into),
  );
  return programFolders(root);
}

/** Unpacked only, never installed; runc stays the machine's own, since sid's asks for a newer libc. */
async function newPrograms() {
  const root = await cached("engines/debian-sid", (into) =>
    unpackPackages("sid", ["docker.io", "containerd"], into),
  );
  return programFolders(root);
}

const programFolders = (root) =>
  ["usr/bin", "usr/sbin", "usr/libexec/docker"].map((folder) => join(root, folder));
