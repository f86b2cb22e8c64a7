/** Makes zips byte by byte, also such as no tool would make. */
import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  name: string | Buffer;
  content?: string | Buffer;
  /** Unix mode with type bits, such as 0o100755; absent for an archive that knows no modes. */
  mode?: number;
  stored?: boolean;
  /** Says another size than the content has. */
  claimedSize?: number;
  /** Says another checksum than the content has. */
  claimedChecksum?: number;
  method?: number;
  encrypted?: boolean;
}

export const FILE = 0o100644;
export const EXECUTABLE = 0o100755;
export const FOLDER = 0o040755;
export const LINK = 0o120777;

export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.content ?? "");
    const data = entry.stored ? content : deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0); // version needed
    fields.writeUInt16LE(0x800 | (entry.encrypted ? 1 : 0), 2); // UTF-8 names
    fields.writeUInt16LE(entry.method ?? (entry.stored ? 0 : 8), 4);
    fields.writeUInt32LE(0x5a21_0000, 6); // 2025-01-01
    fields.writeUInt32LE(entry.claimedChecksum ?? crc32(content), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(entry.claimedSize ?? content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, name, data]);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 6); // external attributes
    more.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03"), fields, more, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from("PK\x05\x06"), end]);
}
