/** What is packed with zstd, unpacked as it comes. */
import { Transform } from "node:stream";
import zlib from "node:zlib";
import { Decompress } from "fzstd";

/** By Node, which knows it from 22.15 on, else in JavaScript. Fails where it is cut short. */
export function unzstd(): Transform {
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };
  return createZstdDecompress?.() ?? inJavaScript();
}

function inJavaScript(): Transform {
  const packed = new Decompress((piece) => void stream.push(piece));
  const put = (piece: Uint8Array, last: boolean, done: (error?: Error) => void) => {
    try {
      packed.push(piece, last);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const stream: Transform = new Transform({
    transform: (piece: Buffer, _encoding, done) => put(piece, false, done),
    flush: (done) => put(new Uint8Array(), true, done),
  });
  return stream;
}
