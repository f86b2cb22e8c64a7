/**
 * Saves what changes: updates gathered for a moment, one request at a time, nothing dropped while offline. What other
 * tabs saved comes back with the answer.
 */
import * as Y from "yjs";
import { pushUpdate, RequestError } from "../share/client";
import type { SetStore } from "./document-store";
import { REMOTE } from "./shared-text";

const GATHER_MS = 400;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;

export interface Saving {
  /** Resolves once everything so far is on the server; rejects with the reason where it is not. */
  flush(): Promise<void>;
  close(): void;
}

export function startSaving(id: string, doc: Y.Doc, set: SetStore): Saving {
  let pending: Uint8Array[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let failures = 0;
  let closed = false;

  const onUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin === REMOTE) return;
    pending.push(update);
    set({ save: "saving" });
    schedule(GATHER_MS);
  };
  doc.on("update", onUpdate);

  function schedule(delay: number) {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(() => void flush().catch(() => {}), delay);
  }

  async function send(): Promise<void> {
    const batch = pending;
    pending = [];
    try {
      const missing = await pushUpdate(id, Y.mergeUpdates(batch), Y.encodeStateVector(doc));
      failures = 0;
      if (missing.length > 0) Y.applyUpdate(doc, missing, REMOTE);
      if (pending.length === 0) set({ save: "saved", saveProblem: null });
    } catch (error) {
      // Kept, in front of what came since: the next attempt sends it all.
      pending = [...batch, ...pending];
      const passing = !(error instanceof RequestError) || error.passing;
      const said =
        error instanceof RequestError ? [error.message, error.hint].filter(Boolean).join(" ") : String(error);
      set({ save: passing ? "offline" : "refused", saveProblem: said });
      if (passing) schedule(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures++));
      throw error;
    }
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    while (running) await running.catch(() => {});
    while (pending.length > 0) {
      running = send();
      try {
        await running;
      } finally {
        running = null;
      }
    }
  }

  return {
    flush,
    close() {
      closed = true;
      clearTimeout(timer);
      doc.off("update", onUpdate);
    },
  };
}
