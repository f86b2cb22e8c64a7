import type { HashedFile, HashOrder, HashReport } from "./hash-messages";
import type { PickedFile } from "./picked-files";

/** Hashes files in a worker; rejects with the signal's reason when aborted, and in words when one can't be read. */
export function hashFiles(
  files: readonly PickedFile[],
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<HashedFile[]> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL("./hash.worker.ts", import.meta.url), { type: "module" });
    const finish = (settle: () => void) => {
      signal.removeEventListener("abort", abort);
      worker.terminate();
      settle();
    };
    const abort = () => finish(() => reject(signal.reason));
    signal.addEventListener("abort", abort);
    worker.onmessage = ({ data }: MessageEvent<HashReport>) => {
      if (data.type === "progress") onProgress(data.bytes);
      else if (data.type === "done") finish(() => resolve(data.files));
      else finish(() => reject(new Error(`${data.path || "A file"} can't be read: ${data.reason}`)));
    };
    worker.onerror = () =>
      finish(() => reject(new Error("The files can't be read: the browser stopped the worker.")));
    worker.postMessage({ files: [...files] } satisfies HashOrder);
  });
}
