"use client";
/** Attaching a build context, step by step: found, looked through, packed, sent. */
import { useCallback, useRef, useState } from "react";
import { toast } from "sonner";
import { useDocumentStore } from "@/components/editor/document-context";
import { formatBytes, formatCount } from "@/lib/build/format";
import { getLimits, inWords, putContext } from "@/lib/share/client";
import { pack } from "./pack";
import { type Dropped, ignoredAtTop, type PickedFile, topName } from "./picked-files";
import { useOpenDockerfile } from "./use-open-dockerfile";

export type Attaching =
  | { step: "idle" }
  /** Walking through the folder. */
  | { step: "reading"; name: string; found: number }
  /** All is known; nothing has left the browser. `source` is what would be sent. */
  | {
      step: "ready";
      name: string;
      source: Source;
      limit: number;
      leaveOut: readonly string[];
      /** The folder's own Dockerfile, and whether it is to become the document's text. */
      dockerfile: { file: File; open: boolean } | null;
    }
  | { step: "packing"; name: string; done: number; total: number }
  | { step: "sending"; name: string; done: number; total: number }
  | { step: "failed"; name: string; message: string; hint?: string };

export type Source = { kind: "files"; files: readonly PickedFile[] } | { kind: "zip"; file: File };

export interface Attach {
  attaching: Attaching;
  begin(dropped: Extract<Dropped, { kind: "files" | "zip" }>): Promise<void>;
  /** Leaves entries at the top out, by name. */
  leaveOut(names: readonly string[]): void;
  openDockerfile(open: boolean): void;
  send(): Promise<void>;
  /** Ends it, wherever it is; what was attached before stays. */
  cancel(): void;
}

export function useAttach(): Attach {
  const store = useDocumentStore();
  const openFileAsText = useOpenDockerfile();
  const [attaching, setAttaching] = useState<Attaching>({ step: "idle" });
  const running = useRef<AbortController | null>(null);

  const attempt = useCallback(async (name: string, deed: (signal: AbortSignal) => Promise<void>) => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    try {
      await deed(mine.signal);
    } catch (error) {
      if (!mine.signal.aborted) setAttaching({ step: "failed", name, ...inWords(error) });
    }
  }, []);

  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setAttaching({ step: "idle" });
  }, []);

  const begin: Attach["begin"] = (dropped) => {
    const name = dropped.kind === "zip" ? dropped.file.name : dropped.name;
    return attempt(name, async (signal) => {
      setAttaching({ step: "reading", name, found: 0 });
      const show = (found: number) => signal.aborted || setAttaching({ step: "reading", name, found });
      const files = dropped.kind === "files" ? await dropped.read(show, signal) : [];
      const { contextBytes: limit } = await getLimits(signal);
      signal.throwIfAborted();
      const source: Source = dropped.kind === "zip" ? dropped : { kind: "files", files };
      const own = files.find(({ path }) => path === "Dockerfile");
      const dockerfile = own ? { file: own.file, open: store.getState().text.trim() === "" } : null;
      setAttaching({
        step: "ready",
        name,
        source,
        limit,
        leaveOut: await suggestLeavingOut(files),
        dockerfile,
      });
    });
  };

  const send: Attach["send"] = async () => {
    if (attaching.step !== "ready") return;
    const { name, source, leaveOut, dockerfile } = attaching;
    await attempt(name, async (signal) => {
      const show = (step: "packing" | "sending", done: number, total: number) =>
        signal.aborted || setAttaching({ step, name, done, total });
      let zip: Blob = source.kind === "zip" ? source.file : new Blob();
      if (source.kind === "files") {
        const files = keptFiles(source.files, leaveOut);
        const total = files.reduce((sum, { file }) => sum + file.size, 0);
        show("packing", 0, total);
        zip = await pack(files, (done) => show("packing", done, total), signal);
      }
      show("sending", 0, zip.size);
      const progress = ({ sent, total }: { sent: number; total: number }) => show("sending", sent, total);
      const context = await putContext(store.getState().id, zip, name, progress, signal);
      signal.throwIfAborted();
      store.getState().setContext(context);
      setAttaching({ step: "idle" });
      toast.success(`Build context attached: ${name}`, {
        description: `${formatCount(context.files, "file")}, ${formatBytes(context.bytes)}`,
      });
      if (dockerfile?.open) await openFileAsText(dockerfile.file);
    });
  };

  const leaveOut: Attach["leaveOut"] = (names) =>
    setAttaching((now) => (now.step === "ready" ? { ...now, leaveOut: names } : now));

  const openDockerfile: Attach["openDockerfile"] = (open) =>
    setAttaching((now) =>
      now.step === "ready" && now.dockerfile ? { ...now, dockerfile: { ...now.dockerfile, open } } : now,
    );

  return { attaching, begin, leaveOut, openDockerfile, send, cancel };
}

export function keptFiles(files: readonly PickedFile[], leaveOut: readonly string[]): PickedFile[] {
  return files.filter(({ path }) => !leaveOut.includes(topName(path)));
}

/** What the folder's own .dockerignore keeps from the builder need not be sent. */
async function suggestLeavingOut(files: readonly PickedFile[]): Promise<string[]> {
  const ignore = files.find(({ path }) => path === ".dockerignore");
  if (!ignore || ignore.file.size > 100_000) return [];
  const tops = new Set(files.map(({ path }) => topName(path)));
  return ignoredAtTop(await ignore.file.text()).filter((name) => tops.has(name));
}
