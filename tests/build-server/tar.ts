/** Makes tars block by block, also such as no tool would make. */
import { Header, type HeaderData } from "tar";

export type { HeaderData } from "tar";

export interface TarEntry {
  header: HeaderData;
  content: string;
}

const BLOCK = 512;

export function makeTar(entries: readonly TarEntry[]): Buffer {
  const blocks: Buffer[] = [];
  for (const { header, content } of entries) {
    const block = Buffer.alloc(BLOCK);
    new Header({ mode: 0o644, ...header, size: Buffer.byteLength(content) }).encode(block, 0);
    blocks.push(block, Buffer.from(content));
    blocks.push(Buffer.alloc((BLOCK - (Buffer.byteLength(content) % BLOCK)) % BLOCK));
  }
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

/** With another name than its checksum says. */
export function garbledTar(tar: Buffer): Buffer {
  return Buffer.from(tar).fill("z", 0, 1);
}
