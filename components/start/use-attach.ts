"use client";
/** Attaching a build context, step by step: found, looked through, compared with what the server has, sent. */
import { useCallback, useRef, useState } from "react";
import { toast } from "sonner";
import { useDocumentStore } from "@/components/editor/document-context";
import { formatBytes, formatCount } from "@/lib/build/format";
import { getLimits, inWords, putContext, type UploadProgress } from "@/lib/share/client";
import { hashFiles } from "./hash-files";
import { type Dropped, ignoredAtTop, type PickedFile, topName, totalBytes } from "./picked-files";
import { type Sending, sendFiles } from "./send-files";
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
  | { step: "comparing"; name: string; done: number; total: number }
  | { step: "sending"; name: string; done: number; total: number }
  | { step: "failed"; name: string; message: string; hint?: string };

export type Source = { kind: "files"; files: readonly PickedFile[] } | { kind: "archive"; file: File };

type Show = (step: "comparing" | "sending", done: number, total: number) => void;

export interface Attach {
  attaching: Attaching;
  begin(dropped: Extract<Dropped, { kind: "files" | "archive" }>): Promise<void>;
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
    const name = dropped.kind === "archive" ? dropped.file.name : dropped.name;
    return attempt(name, async (signal) => {
      setAttaching({ step: "reading", name, found: 0 });
      const show = (found: number) => signal.aborted || setAttaching({ step: "reading", name, found });
      const files = dropped.kind === "files" ? await dropped.read(show, signal) : [];
      const { contextBytes: limit } = await getLimits(signal);
      signal.throwIfAborted();
      const source: Source = dropped.kind === "archive" ? dropped : { kind: "files", files };
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
      const show = (step: "comparing" | "sending", done: number, total: number) =>
        signal.aborted || setAttaching({ step, name, done, total });
      const { context, sent } =
        source.kind === "archive"
          ? await sendArchive(source.file, show, signal)
          : await sendPicked(name, keptFiles(source.files, leaveOut), show, signal);
      signal.throwIfAborted();
      store.getState().setContext(context);
      setAttaching({ step: "idle" });
      toast.success(`Build context attached: ${name}`, {
        description: `${formatCount(context.files, "file")}, ${formatBytes(context.bytes)}${sent < context.bytes && source.kind === "files" ? `; ${formatBytes(sent)} sent, the rest was here` : ""}`,
      });
      if (dockerfile?.open) await openFileAsText(dockerfile.file);
    });
  };

  const sendArchive = async (file: File, show: Show, signal: AbortSignal) => {
    show("sending", 0, file.size);
    const progress = ({ sent, total }: UploadProgress) => show("sending", sent, total);
    const context = await putContext(store.getState().id, file, file.name, progress, signal);
    return { context, sent: file.size };
  };

  const sendPicked = async (name: string, files: readonly PickedFile[], show: Show, signal: AbortSignal) => {
    const total = totalBytes(files);
    show("comparing", 0, total);
    const hashed = await hashFiles(files, (done) => show("comparing", done, total), signal);
    show("comparing", total, total);
    const progress = ({ done, total }: Sending) => show("sending", done, total);
    return sendFiles(store.getState().id, name, files, hashed, progress, signal);
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
