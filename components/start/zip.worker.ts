/** Packs in a thread of its own, so that the page stays quick while hundreds of megabytes go by. */
import type { PackOrder, PackReport } from "./zip-messages";
import { PackError, packFiles } from "./zip-stream";

const REPORT_EVERY = 100;
const port = self as unknown as {
  onmessage: ((event: MessageEvent<PackOrder>) => void) | null;
  postMessage(report: PackReport): void;
};

port.onmessage = async ({ data: { files, level } }) => {
  let reported = 0;
  try {
    const zip = await packFiles(files, level, (bytes) => {
      const now = performance.now();
      if (now - reported < REPORT_EVERY) return;
      reported = now;
      port.postMessage({ type: "progress", bytes });
    });
    port.postMessage({ type: "done", zip });
  } catch (error) {
    const path = error instanceof PackError ? error.path : "";
    port.postMessage({
      type: "failed",
      path,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
};
