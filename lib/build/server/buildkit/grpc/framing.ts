/** gRPC's framing of messages over HTTP/2: one byte of flags, four of length, then the message. */

const PREFIX_BYTES = 5;
/** What BuildKit's own client accepts (containerd's `defaults.DefaultMaxRecvMsgSize`). */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, PREFIX_BYTES);
  return framed;
}

/** Cuts a byte stream back into messages, however it was split on the way. */
export class Deframer {
  private chunks: Buffer[] = [];
  private buffered = 0;

  /** The messages that are whole once `chunk` has come. They may share memory with it. */
  push(chunk: Buffer): Buffer[] {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
    const messages: Buffer[] = [];
    for (;;) {
      if (this.buffered < PREFIX_BYTES) return messages;
      const head = this.peek(PREFIX_BYTES);
      if (head[0] !== 0) throw new Error("The host sent a compressed message, which was not asked for.");
      const length = head.readUInt32BE(1);
      if (length > MAX_MESSAGE_BYTES) throw new Error(`The host sent a message of ${length} bytes.`);
      if (this.buffered < PREFIX_BYTES + length) return messages;
      messages.push(this.take(PREFIX_BYTES + length).subarray(PREFIX_BYTES));
    }
  }

  /** True where a message was begun and its end is missing. */
  get partial(): boolean {
    return this.buffered > 0;
  }

  private peek(length: number): Buffer {
    const first = this.chunks[0]!;
    return first.length >= length ? first : this.join();
  }

  private take(length: number): Buffer {
    const first = this.chunks[0]!.length >= length ? this.chunks[0]! : this.join();
    const taken = first.subarray(0, length);
    if (first.length === length) this.chunks.shift();
    else this.chunks[0] = first.subarray(length);
    this.buffered -= length;
    return taken;
  }

  private join(): Buffer {
    const joined = Buffer.concat(this.chunks, this.buffered);
    this.chunks = [joined];
    return joined;
  }
}
