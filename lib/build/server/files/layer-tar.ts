/** One layer of an image as it comes out of its tar: entries are read, contents pass by. */
import { type Transform, Writable } from "node:stream";
import zlib from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { Refusal } from "../../../share/refusal";
import { entryPath, type FileKind, type LayerEntry } from "../../files/entries";
import { unzstd } from "./zstd";

/** Of a path, in characters: what Linux takes is less. */
const MAX_PATH = 8_192;
/** Enough to tell a tar, a compressed one and JSON apart. */
const HEAD_BYTES = 512;

const KINDS: Readonly<Record<string, FileKind>> = {
  File: "file",
  OldFile: "file",
  ContiguousFile: "file",
  Directory: "folder",
  GNUDumpDir: "folder",
  SymbolicLink: "link",
  Link: "hardlink",
};

/** How many entries may still be read, of all layers of an image. */
export interface Allowance {
  entries: number;
}

/** Takes the tar in pieces, packed or not; `layer` is complete once `end` is through. */
export class LayerTar {
  /** The last of each path: as a tar that names one twice is unpacked. */
  private readonly entries = new Map<string, LayerEntry>();
  private readonly parser: Parser;
  private problem: Error | null = null;
  private input: Writable | null = null;
  private closed: Promise<void> = Promise.resolve();

  constructor(
    private readonly allowance: Allowance,
    private readonly count: (bytes: number) => void,
  ) {
    this.parser = new Parser({
      onReadEntry: (entry) => {
        this.take(entry);
        entry.resume();
      },
      onwarn: (code, message) => {
        const text = String(message);
        if (code === "TAR_ABORT" || text.startsWith("Truncated")) this.problem ??= strange(text);
      },
    });
    this.parser.on("error", (error: Error) => {
      this.problem ??= strange(error.message);
    });
  }

  async write(piece: Buffer): Promise<void> {
    this.input ??= this.open(piece);
    if (!this.input.write(piece)) await drained(this.input);
    if (this.problem) throw this.problem;
  }

  async end(): Promise<LayerEntry[]> {
    const { input } = this;
    if (input && !input.errored) {
      const closed = this.closed;
      input.end();
      await closed;
    }
    if (this.problem) throw this.problem;
    return [...this.entries.values()];
  }

  /** Where the pieces go: straight to the parser, or through what unpacks them. */
  private open(head: Buffer): Writable {
    const unpack = unpacker(head);
    const tar = new Writable({
      write: (piece: Buffer, _encoding, done) => {
        this.count(piece.length);
        this.parser.write(piece);
        done(this.problem);
      },
      final: (done) => {
        this.parser.end();
        done(this.problem);
      },
    });
    this.closed = new Promise((resolve) => tar.once("close", () => resolve()));
    tar.on("error", (error) => {
      this.problem ??= error;
      unpack?.destroy();
    });
    if (!unpack) return tar;
    unpack.on("error", (error) => {
      this.problem ??= strange(error.message);
      tar.destroy();
    });
    unpack.pipe(tar);
    return unpack;
  }

  private take({ path, type, size, mode, linkpath }: ReadEntry): void {
    const at = entryPath(path);
    if (at === null || this.problem) return;
    if (this.allowance.entries-- <= 0) {
      this.problem = tooManyEntries();
      return;
    }
    if (at.length > MAX_PATH) {
      this.problem = strange(`it has a path of ${at.length} characters`);
      return;
    }
    const kind = KINDS[type] ?? "other";
    const link = kind === "link" ? (linkpath ?? "") : kind === "hardlink" ? entryPath(linkpath ?? "") : null;
    this.entries.delete(at);
    this.entries.set(at, {
      path: at,
      kind,
      bytes: kind === "file" ? size : 0,
      mode: (mode ?? 0) & 0o7777,
      link: link?.slice(0, MAX_PATH) ?? null,
    });
  }
}

/** Also where nothing more will be taken. */
function drained(input: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      input.off("drain", done).off("close", done);
      resolve();
    };
    if (input.closed) return resolve();
    input.on("drain", done).on("close", done);
  });
}

/** By the first bytes, as engines do (moby pkg/archive, DetectCompression); null for a tar that is not packed. */
function unpacker(head: Buffer): Transform | null {
  const begins = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte);
  if (begins(0x1f, 0x8b)) return zlib.createGunzip();
  return begins(0x28, 0xb5, 0x2f, 0xfd) ? unzstd() : null;
}

/** What is no tar is looked at as JSON. */
export function isJson(head: Buffer): boolean {
  return head[0] === 0x7b && head.toString("latin1", 257, 262) !== "ustar";
}
export { HEAD_BYTES };

const strange = (why: string) =>
  new Refusal(
    "unsafe",
    "strange-layer",
    `A layer of this image is no tar that can be read: ${why}.`,
    "Build again; where that does not help, look at the image on the build host.",
  );

const tooManyEntries = () =>
  new Refusal(
    "tooLarge",
    "too-many-files",
    "This image has more files than can be listed here.",
    "Look at it on the build host: docker save, then tar -t.",
  );
