/**
 * Contents one behind another in one body: of each its SHA-256 (32 bytes), its length (8 bytes, the highest first) and
 * itself.
 */
import { Refusal } from "../../../share/refusal";

const HASH_BYTES = 32;
const HEADER_BYTES = HASH_BYTES + 8;

export interface Frame {
  /** What the sender says the content's hash is, hex. */
  blob: string;
  bytes: number;
  /** To be read to its end before the next frame. */
  content: AsyncIterable<Uint8Array>;
}

export async function* readFrames(body: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const parts = new Parts(body);
  while (await parts.more()) {
    const header = Buffer.concat(await collect(parts.take(HEADER_BYTES)));
    const bytes = header.readBigUInt64BE(HASH_BYTES);
    if (bytes > BigInt(Number.MAX_SAFE_INTEGER)) throw brokenOff();
    const blob = header.toString("hex", 0, HASH_BYTES);
    yield { blob, bytes: Number(bytes), content: parts.take(Number(bytes)) };
  }
}

class Parts {
  private readonly parts: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(body: AsyncIterable<Uint8Array>) {
    this.parts = body[Symbol.asyncIterator]();
  }

  async more(): Promise<boolean> {
    while (this.rest.length === 0) {
      const { done, value } = await this.parts.next();
      if (done) return false;
      this.rest = value;
    }
    return true;
  }

  async *take(bytes: number): AsyncGenerator<Uint8Array> {
    for (let left = bytes; left > 0; ) {
      if (!(await this.more())) throw brokenOff();
      const part = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }
}

async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const collected: Uint8Array[] = [];
  for await (const part of parts) collected.push(part);
  return collected;
}

function brokenOff(): Refusal {
  return new Refusal(
    "invalid",
    "broken-off",
    "The files ended in the middle of one.",
    "Send them again: those that arrived whole are kept for a day.",
  );
}
