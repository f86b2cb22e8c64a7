/** A byte stream carried in `BytesMessage`s of a gRPC call: `Control/Session` is a whole connection in a call. */
import type { ClientHttp2Stream } from "node:http2";
import { Duplex } from "node:stream";
import { fromBinary } from "@bufbuild/protobuf";
import { BytesMessageSchema } from "../generated/control_pb";
import { messagesOf } from "./client";
import { frame } from "./framing";

/** Well below the 4 MiB that gRPC servers accept in one message by default. */
const MAX_PAYLOAD_BYTES = 1024 * 1024;
const DATA_FIELD_TAG = 0x0a;

export class Tunnel extends Duplex {
  constructor(private readonly call: ClientHttp2Stream) {
    super({ allowHalfOpen: false });
    void this.receive();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void) {
    this.send([chunk], done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void) {
    this.send(
      chunks.map(({ chunk }) => chunk),
      done,
    );
  }

  override _read() {
    this.resumeReading?.();
  }

  override _final(done: () => void) {
    this.call.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void) {
    this.resumeReading?.();
    if (!this.call.destroyed) this.call.close();
    done(error);
  }

  private resumeReading: (() => void) | null = null;

  private async receive() {
    try {
      for await (const message of messagesOf(this.call)) {
        if (this.destroyed) return;
        if (this.push(Buffer.from(fromBinary(BytesMessageSchema, message).data))) continue;
        await new Promise<void>((resolve) => {
          this.resumeReading = resolve;
        });
        this.resumeReading = null;
      }
    } catch {
      // The end of the call is the end of the connection, whatever ended it; the job itself reports the reason.
    }
    if (!this.destroyed) this.push(null);
  }

  private send(chunks: Buffer[], done: (error?: Error | null) => void) {
    const data = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    for (let start = 0; start < data.length; start += MAX_PAYLOAD_BYTES) {
      const part = data.subarray(start, start + MAX_PAYLOAD_BYTES);
      const last = start + MAX_PAYLOAD_BYTES >= data.length;
      this.call.write(bytesFrame(part), last ? done : undefined);
    }
    if (data.length === 0) done();
  }
}

/** A framed `BytesMessage`. Written by hand: everything that is uploaded passes here. */
export function bytesFrame(data: Buffer): Buffer {
  const head = [DATA_FIELD_TAG];
  for (let length = data.length; ; length >>>= 7) {
    if (length < 0x80) {
      head.push(length);
      break;
    }
    head.push((length & 0x7f) | 0x80);
  }
  return frame(Buffer.concat([Buffer.from(head), data]));
}
