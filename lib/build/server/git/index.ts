/**
 * Files of a Git repository, fetched by the server: only so is it known before a build what there is to copy, and only
 * so is it the server's network that is asked and guarded, not the build host's.
 *
 * By git itself, in a process of its own: libraries hold a whole pack in memory and unpack it where everybody waits.
 */
import { lookup } from "node:dns/promises";
import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";
import { isRefusal, Refusal } from "../../../share/refusal";
import type { GitSource } from "../../context/git-source";
import type { Intake } from "../contexts/archive/intake";
import { readTar } from "../contexts/archive/tar";
import { isPrivateAddress, PrivateAddressError } from "../registry/address";
import { gitProblem, noFolder, oldGit, repositoryTooLarge } from "./problem";
import { askGit, runGit } from "./run";

const TIMEOUT_MS = 120_000;
const WATCH_MS = 300;
/** At once, of all visitors. */
const MAX_FETCHES = 2;

export interface Fetched {
  commit: string;
  /** Folders that are repositories of their own; they are left empty. */
  submodules: number;
}

export interface Git {
  /**
   * Gives the files of one commit to `intake`, none of its history. Throws a Refusal in words where it cannot.
   *
   * @param folder empty, for what is fetched
   * @param limit bytes that may be sent
   */
  fetch(
    source: GitSource,
    folder: string,
    intake: Intake,
    limit: number,
    signal?: AbortSignal,
  ): Promise<Fetched>;
}

/** @param privateHosts hosts, as `host` or `host:port`, that may have a private address */
export function createGit(privateHosts: readonly string[]): Git {
  let fetching = 0;
  return {
    async fetch(source, folder, intake, limit, signal) {
      if (fetching >= MAX_FETCHES) throw tooMany();
      fetching++;
      const time = AbortSignal.timeout(TIMEOUT_MS);
      const either = signal ? AbortSignal.any([signal, time]) : time;
      try {
        const pinned = await pin(new URL(source.url), privateHosts);
        if (pinned.length > 0) await requirePinning(folder, either);
        await download(source, folder, pinned, limit, either);
        return await unpack(source, folder, intake, either);
      } catch (error) {
        if (isRefusal(error) || signal?.aborted) throw error;
        throw gitProblem(error, source);
      } finally {
        fetching--;
      }
    },
  };
}

/** Git before 2.37 passes over `http.curloptResolve` without a word, and would look the name up once more. */
async function requirePinning(folder: string, signal: AbortSignal): Promise<void> {
  const version = await askGit(["version"], folder, signal);
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (major < 2 || (major === 2 && minor < 37)) throw oldGit(version);
}

/** Settings that make git connect to the very address that was checked, and nowhere else. */
async function pin(url: URL, privateHosts: readonly string[]): Promise<string[]> {
  const name = url.hostname.replace(/^\[|\]$/g, "");
  const trusted = privateHosts.includes(url.host.toLowerCase());
  const addresses = isIP(name) ? [name] : (await lookup(name, { all: true })).map(({ address }) => address);
  if (!trusted && addresses.some(isPrivateAddress)) throw new PrivateAddressError(name);
  if (isIP(name)) return [];
  const listed = addresses.map((address) => (isIP(address) === 6 ? `[${address}]` : address));
  return ["-c", `http.curloptResolve=${name}:${url.port || "443"}:${listed.join()}`];
}

async function download(
  { url, ref }: GitSource,
  folder: string,
  pinned: readonly string[],
  limit: number,
  signal: AbortSignal,
): Promise<void> {
  await askGit(["init", "--quiet", "--bare", "."], folder, signal);
  // What the files themselves say of what an archive is to leave out or fill in does not count for a build.
  await mkdir(join(folder, "info"), { recursive: true });
  await writeFile(join(folder, "info/attributes"), "* -export-ignore -export-subst\n");
  const settings = [
    "http.followRedirects=false",
    "http.proxy=",
    "credential.helper=",
    "core.bigFileThreshold=8m",
  ];
  const over = new AbortController();
  const watching = setInterval(() => {
    sizeOf(join(folder, "objects/pack")).then(
      (size) => size > limit && over.abort(repositoryTooLarge(limit)),
      () => {},
    );
  }, WATCH_MS);
  try {
    const fetch = ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules"];
    const args = [...settings.flatMap((setting) => ["-c", setting]), ...pinned, ...fetch];
    await askGit([...args, "--", url, ref || "HEAD"], folder, AbortSignal.any([signal, over.signal]));
  } finally {
    clearInterval(watching);
  }
  if ((await sizeOf(join(folder, "objects/pack"))) > limit) throw repositoryTooLarge(limit);
}

async function unpack(
  source: GitSource,
  folder: string,
  intake: Intake,
  signal: AbortSignal,
): Promise<Fetched> {
  const commit = await askGit(["rev-parse", "--verify", "FETCH_HEAD^{commit}"], folder, signal);
  const tree = `${commit}:${source.folder}`;
  const type = await askGit(["cat-file", "-t", tree], folder, signal).catch(() => "");
  signal.throwIfAborted();
  if (type !== "tree") throw noFolder(source);
  const seconds = Number(await askGit(["log", "-1", "--format=%ct", commit], folder, signal));
  const archive = runGit(["-c", "tar.umask=0022", "archive", "--format=tar", tree], folder, signal);
  await readTar(archive, intake, { signal, modified: seconds * 1_000 });
  return { commit, submodules: await countSubmodules(tree, folder, signal) };
}

async function countSubmodules(tree: string, folder: string, signal: AbortSignal): Promise<number> {
  let count = 0;
  let rest = "";
  for await (const part of runGit(["ls-tree", "-r", "-z", tree], folder, signal)) {
    const entries = (rest + Buffer.from(part).toString("latin1")).split("\0");
    rest = entries.pop() ?? "";
    count += entries.filter((entry) => entry.startsWith("160000 ")).length;
  }
  return count;
}

async function sizeOf(folder: string): Promise<number> {
  let size = 0;
  for (const name of await readdir(folder)) {
    size += (await stat(join(folder, name)).catch(() => null))?.size ?? 0;
  }
  return size;
}

function tooMany(): Refusal {
  return new Refusal(
    "busy",
    "fetches-full",
    `${MAX_FETCHES} repositories are already being fetched.`,
    "Try again when one of them is through.",
  );
}
