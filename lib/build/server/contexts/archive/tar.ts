/** Reads a tar that somebody sends, gzipped or not, while it comes. */
import { Parser, type ReadEntry } from "tar";
import { isRefusal } from "../../../../share/refusal";
import { notAFile, type PlannedEntry, planEntry, unsafeEntry } from "./entry";
import { type Intake, isDiskError } from "./intake";
import { badArchive } from "./zip";

const TYPES = new Map<string, PlannedEntry["type"]>([
  ["File", "file"],
  ["OldFile", "file"],
  ["ContiguousFile", "file"],
  ["Link", "file"],
  ["Directory", "folder"],
  ["SymbolicLink", "link"],
]);

export interface TarOptions {
  signal?: AbortSignal;
  /** Of every file, in place of what the archive says. */
  modified?: number;
}

/** Owners are left out, as all files of a context belong to root; so are extended attributes. */
export async function readTar(
  source: AsyncIterable<Uint8Array>,
  intake: Intake,
  options: TarOptions = {},
): Promise<void> {
  try {
    await new Reading(intake, options).run(source);
  } catch (error) {
    if (isRefusal(error) || options.signal?.aborted || isDiskError(error)) throw error;
    throw badArchive(error);
  }
}

class Reading {
  // Headers of more than a mebibyte are not kept; strict makes an error of what would be passed over.
  private readonly parser = new Parser({ strict: true });
  private taking: Promise<void> = Promise.resolve();
  private failure: unknown = null;
  private fail: (error: unknown) => void = () => {};
  private readonly failed = new Promise<never>((_, reject) => {
    this.fail = (error) => {
      this.failure ??= error;
      reject(error);
    };
  });

  constructor(
    private readonly intake: Intake,
    private readonly options: TarOptions,
  ) {
    this.failed.catch(() => {});
  }

  async run(source: AsyncIterable<Uint8Array>): Promise<void> {
    const { parser } = this;
    let begun = false;
    const ended = new Promise<void>((resolve) => parser.once("end", resolve));
    parser.on("error", this.fail);
    parser.on("abort", this.fail);
    parser.on("nullBlock", () => {
      begun = true;
    });
    parser.on("entry", (entry) => {
      begun = true;
      this.taking = this.taking.then(() => this.take(entry)).catch(this.fail);
    });
    parser.on("ignoredEntry", (entry) => this.fail(notAFile(entry.path)));
    try {
      await Promise.race([this.feed(source), this.failed]);
      parser.end();
      await Promise.race([ended, this.failed]);
      await Promise.race([this.taking, this.failed]);
      if (!begun) throw new Error("it is too short for one");
    } catch (error) {
      this.fail(error);
      await this.taking;
      throw error;
    }
  }

  private async feed(source: AsyncIterable<Uint8Array>): Promise<void> {
    let drained = () => {};
    this.parser.on("drain", () => drained());
    for await (const part of source) {
      const drain = new Promise<void>((resolve) => {
        drained = resolve;
      });
      if (!this.parser.write(Buffer.from(part.buffer, part.byteOffset, part.byteLength))) {
        await Promise.race([drain, this.failed]);
      }
    }
  }

  private async take(entry: ReadEntry): Promise<void> {
    if (this.failure) return;
    const { intake } = this;
    const name = entry.path;
    intake.count();
    const type = TYPES.get(entry.type);
    if (!type) throw notAFile(name);
    const planned = planEntry(name, type, entry.mode ?? 0);
    const modified = this.options.modified ?? entry.mtime?.getTime() ?? 0;
    if (planned && entry.type === "Link") intake.twin(planned, hardLink(entry));
    else if (planned?.type === "folder") intake.folder(planned, modified);
    else if (planned?.type === "link") intake.link(planned, modified, entry.linkpath ?? "");
    else if (planned) {
      intake.expect(entry.size);
      await intake.file(planned, modified, this.content(entry));
      return;
    }
    entry.resume();
  }

  /** Ends with the reading: what was cut off would be waited for. */
  private async *content(entry: ReadEntry): AsyncGenerator<Uint8Array> {
    const parts = entry[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await Promise.race([parts.next(), this.failed]);
      if (done) return;
      yield value;
    }
  }
}

/** The path within the archive that a hard link names. */
function hardLink(entry: ReadEntry): string {
  const target = planEntry(entry.linkpath ?? "", "file", 0);
  if (!target) throw unsafeEntry(entry.path, "it is a link without a usable target");
  return target.path;
}
