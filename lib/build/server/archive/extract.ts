/** Unpacks a zip that somebody sent: nothing it says is believed before it has been checked or counted. */
import { createWriteStream } from "node:fs";
import { chmod, mkdir, symlink, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { isRefusal, Refusal } from "../../../share/refusal";
import { type PlannedEntry, planEntry, unsafeEntry } from "./entry";
import { whyLinkLeadsOut } from "./links";

export interface ArchiveLimits {
  /** Unpacked, of all files together. */
  bytes: number;
  entries: number;
}

const MAX_LINK_BYTES = 4_000;

/** Into an empty folder, of which the caller disposes when this throws. */
export async function extractZip(archive: string, into: string, limits: ArchiveLimits, signal?: AbortSignal) {
  const zip = await openZip(archive);
  try {
    if (zip.entryCount > limits.entries) throw tooManyEntries(limits);
    await new Extraction(zip, into, limits, signal).run();
  } catch (error) {
    if (isRefusal(error) || signal?.aborted || isDiskError(error)) throw error;
    throw notAZip(error);
  } finally {
    zip.close();
  }
}

class Extraction {
  private bytes = 0;
  private entries = 0;
  private readonly taken = new Map<string, PlannedEntry["type"]>();
  private readonly links = new Map<string, string>();
  private readonly folderModes = new Map<string, number>();

  constructor(
    private readonly zip: ZipFile,
    private readonly into: string,
    private readonly limits: ArchiveLimits,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async run(): Promise<void> {
    for await (const entry of this.zip.eachEntry()) {
      this.signal?.throwIfAborted();
      if (++this.entries > this.limits.entries) throw tooManyEntries(this.limits);
      await this.take(entry);
    }
    // Links come last, so that nothing was ever written through one.
    for (const [path, target] of this.links) {
      const reason = whyLinkLeadsOut(path, this.links);
      if (reason) throw unsafeEntry(path, reason);
      await mkdir(dirname(join(this.into, path)), { recursive: true });
      await symlink(target, join(this.into, path));
    }
    for (const [path, mode] of this.folderModes) await chmod(join(this.into, path), mode);
  }

  private async take(entry: Entry): Promise<void> {
    const name = yauzl.getFileNameLowLevel(
      entry.generalPurposeBitFlag,
      entry.fileNameRaw,
      entry.extraFields,
      false,
    );
    const planned = planEntry({
      name,
      externalFileAttributes: entry.externalFileAttributes,
      encrypted: entry.isEncrypted(),
      compressionMethod: entry.compressionMethod,
    });
    if (!planned) return;
    this.claim(name, planned);
    const path = join(this.into, planned.path);
    if (planned.type === "folder") {
      await mkdir(path, { recursive: true });
      this.folderModes.set(planned.path, planned.mode);
      return;
    }
    // The header's word is enough to refuse early, never enough to accept.
    if (this.bytes + entry.uncompressedSize > this.limits.bytes) throw tooManyBytes(this.limits);
    if (planned.type === "link") {
      this.links.set(planned.path, await this.readLink(entry, name));
      return;
    }
    await mkdir(dirname(path), { recursive: true });
    await this.write(entry, name, path, planned.mode);
  }

  /** No path is used twice, and none lies within what is not a folder. */
  private claim(name: string, planned: PlannedEntry): void {
    const before = this.taken.get(planned.path);
    const openedByChild =
      before === "folder" && planned.type === "folder" && !this.folderModes.has(planned.path);
    if (before && !openedByChild) throw unsafeEntry(name, "its path is there twice");
    this.taken.set(planned.path, planned.type);
    for (let at = planned.path.lastIndexOf("/"); at > 0; at = planned.path.lastIndexOf("/", at - 1)) {
      const parent = planned.path.slice(0, at);
      const type = this.taken.get(parent);
      if (type && type !== "folder")
        throw unsafeEntry(name, `it lies within ${JSON.stringify(parent)}, which is a ${type}`);
      this.taken.set(parent, "folder");
    }
  }

  private async write(entry: Entry, name: string, path: string, mode: number): Promise<void> {
    const source = await this.zip.openReadStreamPromise(entry);
    let checksum = 0;
    const count = new Transform({
      transform: (part: Buffer, _encoding, done) => {
        this.bytes += part.length;
        if (this.bytes > this.limits.bytes) return done(tooManyBytes(this.limits));
        checksum = crc32(part, checksum);
        done(null, part);
      },
    });
    // "wx": on a disk that takes two spellings for one name, the second one fails.
    await pipeline(source, count, createWriteStream(path, { flags: "wx" }), { signal: this.signal }).catch(
      (error) => {
        if (isDiskError(error) && error.code === "EEXIST") throw unsafeEntry(name, "its path is there twice");
        throw error;
      },
    );
    if (checksum !== entry.crc32) throw unsafeEntry(name, "its content is damaged");
    // By itself, as what a new file gets is cut by the process's umask.
    await chmod(path, mode);
    const modified = entry.getLastModDate();
    if (Number.isFinite(modified.getTime())) await utimes(path, modified, modified);
  }

  private async readLink(entry: Entry, name: string): Promise<string> {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of await this.zip.openReadStreamPromise(entry)) {
      size += part.length;
      if (size > MAX_LINK_BYTES) throw unsafeEntry(name, "the link's target is too long");
      parts.push(part as Buffer);
    }
    const target = Buffer.concat(parts).toString("utf8");
    if (target === "" || target.includes("\0"))
      throw unsafeEntry(name, "it is a link without a usable target");
    return target;
  }
}

async function openZip(archive: string): Promise<ZipFile> {
  try {
    // Names are decoded and checked here rather than by the library, so that a refusal can name the entry.
    return await yauzl.openPromise(archive, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: true,
    });
  } catch (error) {
    throw notAZip(error);
  }
}

/** ENOSPC and the like: the disk's trouble, not the archive's. */
function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

function notAZip(error: unknown): Refusal {
  const reason = error instanceof Error ? error.message : String(error);
  return new Refusal(
    "unsafe",
    "bad-archive",
    `This is not a zip archive that can be read: ${reason}.`,
    "Make it anew and send it again. The build context attached before is unchanged.",
  );
}

function tooManyBytes(limits: ArchiveLimits): Refusal {
  return new Refusal(
    "tooLarge",
    "context-too-large",
    `The build context has more than ${limits.bytes.toLocaleString("en")} bytes unpacked, which is the limit here.`,
    "Leave out what the build does not need. The build context attached before is unchanged.",
  );
}

function tooManyEntries(limits: ArchiveLimits): Refusal {
  return new Refusal(
    "tooLarge",
    "too-many-entries",
    `The archive has more than ${limits.entries.toLocaleString("en")} entries, which is the limit here.`,
    "Leave out what the build does not need, such as node_modules or .git.",
  );
}
