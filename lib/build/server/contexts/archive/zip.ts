/** Reads a zip that somebody sent. */
import { crc32 } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { isRefusal, Refusal } from "../../../../share/refusal";
import { planEntry, typeOfMode, unsafeEntry } from "./entry";
import { type Intake, isDiskError } from "./intake";

const MAX_LINK_BYTES = 64_000;

/** @param archive the file on disk: a zip's list of entries is at its end */
export async function readZip(archive: string, intake: Intake, signal?: AbortSignal): Promise<void> {
  const zip = await openZip(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      intake.count();
      await take(zip, entry, intake);
    }
  } catch (error) {
    if (isRefusal(error) || signal?.aborted || isDiskError(error)) throw error;
    throw badArchive(error);
  } finally {
    zip.close();
  }
}

async function take(zip: ZipFile, entry: Entry, intake: Intake): Promise<void> {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  const name = yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
  // The upper half are Unix mode bits where the archive was made by something that knows them, else 0.
  const mode = entry.externalFileAttributes >>> 16;
  if (entry.isEncrypted()) throw unsafeEntry(name, "it is encrypted");
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw unsafeEntry(name, "it is packed in a way that is not supported (only stored and deflated are)");
  }
  const planned = planEntry(name, typeOfMode(name, mode), mode);
  if (!planned) return;
  const modified = entry.getLastModDate().getTime();
  if (planned.type === "folder") return intake.folder(planned, modified);
  intake.expect(entry.uncompressedSize);
  const content = await zip.openReadStreamPromise(entry);
  // It may fail before it is read, while a file is made ready for it. Who reads it is told then.
  content.on("error", () => {});
  if (planned.type === "link") return intake.link(planned, modified, await readLink(content, name));
  let checksum = 0;
  await intake.file(planned, modified, content, (part) => {
    checksum = crc32(part, checksum);
  });
  if (checksum !== entry.crc32) throw unsafeEntry(name, "its content is damaged");
}

async function readLink(content: AsyncIterable<Uint8Array>, name: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of content) {
    size += part.length;
    if (size > MAX_LINK_BYTES) throw unsafeEntry(name, "the link's target is too long");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
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
    throw badArchive(error);
  }
}

export function badArchive(error: unknown): Refusal {
  const reason = error instanceof Error ? error.message : String(error);
  return new Refusal(
    "unsafe",
    "bad-archive",
    `This is not an archive that can be read: ${reason}.`,
    "Make it anew and send it again. The build context attached before is unchanged.",
  );
}
