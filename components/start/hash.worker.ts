/** Hashes in a thread of its own, so that the page stays quick while hundreds of megabytes go by. */
import { hashFile, ReadError } from "./hash-file";
import type { HashedFile, HashOrder, HashReport } from "./hash-messages";

const REPORT_EVERY = 100;
/** Small files wait for the disk more than for the hash. */
const AT_ONCE = 4;
const port = self as unknown as {
  onmessage: ((event: MessageEvent<HashOrder>) => void) | null;
  postMessage(report: HashReport): void;
};

port.onmessage = async ({ data: { files } }) => {
  let reported = 0;
  let read = 0;
  const onRead = (bytes: number) => {
    read += bytes;
    const now = performance.now();
    if (now - reported < REPORT_EVERY) return;
    reported = now;
    port.postMessage({ type: "progress", bytes: read });
  };
  const hashed: HashedFile[] = new Array(files.length);
  const rest = files.entries();
  const work = async () => {
    for (const [index, file] of rest) hashed[index] = await hashFile(file, onRead);
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    port.postMessage({ type: "done", files: hashed });
  } catch (error) {
    const path = error instanceof ReadError ? error.path : "";
    const reason = error instanceof Error ? error.message : String(error);
    port.postMessage({ type: "failed", path, reason });
  }
};
