import type { PickedFile } from "./picked-files";
import type { PackOrder, PackReport } from "./zip-messages";

/** Zips the files in a worker; rejects with the signal's reason when aborted, and in words when a file can't be read. */
export function pack(
  files: readonly PickedFile[],
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL("./zip.worker.ts", import.meta.url), { type: "module" });
    const finish = (settle: () => void) => {
      signal.removeEventListener("abort", abort);
      worker.terminate();
      settle();
    };
    const abort = () => finish(() => reject(signal.reason));
    signal.addEventListener("abort", abort);
    worker.onmessage = ({ data }: MessageEvent<PackReport>) => {
      if (data.type === "progress") onProgress(data.bytes);
      else if (data.type === "done") finish(() => resolve(data.zip));
      else finish(() => reject(new Error(`${data.path || "A file"} can't be read: ${data.reason}`)));
    };
    worker.onerror = () =>
      finish(() => reject(new Error("The files can't be packed: the browser stopped the worker.")));
    // On the same machine packing tighter costs more than it saves; over a network it pays.
    const level = isLoopback(location.hostname) ? 0 : 1;
    worker.postMessage({ files: [...files], level } satisfies PackOrder);
  });
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}
