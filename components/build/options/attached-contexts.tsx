"use client";
/** Folders and archives that are sent for builds to take by name, as the build context is. */
import { FileArchive, FolderUp, X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { hashFiles } from "@/components/start/hash-files";
import { type Dropped, fromFolderInput } from "@/components/start/picked-files";
import { chosenFiles } from "@/components/start/read-drop";
import { sendFiles } from "@/components/start/send-files";
import { Button, IconButton } from "@/components/ui/button";
import { formatBytes, formatCount } from "@/lib/build/format";
import { attachedContext, attachedSource } from "@/lib/build/options";
import { inWords, listNamedContexts, putContext } from "@/lib/share/client";
import type { ContextSummary } from "@/lib/share/document";
import styles from "./options.module.css";
import { useOptions } from "./use-options";

/** @param problem what is wrong with a name; null where it is right */
export function AttachedContexts(props: { names: readonly string[]; problem(name: string): string | null }) {
  const { names, problem } = props;
  const store = useDocumentStore();
  const [{ contexts }, change] = useOptions();
  const mayEdit = useDocument((state) => state.rights.edit);
  const id = useDocument((state) => state.id);
  const [known, setKnown] = useState<ReadonlyMap<string, ContextSummary>>(new Map());
  const attached = Object.entries(contexts).flatMap(([name, source]) => {
    const context = attachedContext(source);
    return context === null ? [] : [{ name, context }];
  });
  const any = attached.length > 0;
  useEffect(() => {
    if (!any) return;
    const gone = new AbortController();
    // What they are called is good to know; a build says whether they are there.
    listNamedContexts(id, gone.signal).then(
      (list) => setKnown(new Map(list.map((each) => [each.id, each]))),
      () => {},
    );
    return () => gone.abort();
  }, [any, id]);
  const put = (name: string, summary: ContextSummary) => {
    setKnown((before) => new Map([...before, [summary.id, summary]]));
    const { options } = store.getState();
    change({ contexts: { ...options.contexts, [name]: attachedSource(summary.id) } });
  };
  const remove = (name: string) => {
    const { [name]: _, ...others } = contexts;
    change({ contexts: others });
  };
  return (
    <div className={styles.list}>
      {attached.map(({ name, context }) => (
        <div key={name} className={styles.inline} data-testid="attached-context">
          <code>{name}</code>
          <span className={styles.held}>{inFew(known.get(context))}</span>
          {mayEdit && (
            <IconButton label={`Remove ${name}`} onClick={() => remove(name)}>
              <X size={15} />
            </IconButton>
          )}
        </div>
      ))}
      {mayEdit && <Attach names={names} problem={problem} onAttached={put} />}
    </div>
  );
}

const inFew = (summary: ContextSummary | undefined) =>
  summary ? `${summary.name}: ${formatCount(summary.files, "file")}, ${formatBytes(summary.bytes)}` : "files";

interface AttachProps {
  names: readonly string[];
  problem(name: string): string | null;
  onAttached(name: string, summary: ContextSummary): void;
}

function Attach({ names, problem, onAttached }: AttachProps) {
  const store = useDocumentStore();
  const suggestions = useId();
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const sending = useRef<AbortController | null>(null);
  const [name, setName] = useState("");
  const [part, setPart] = useState<number | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  useEffect(() => () => sending.current?.abort(), []);

  const choose = (input: HTMLInputElement | null) => {
    const found = name === "" ? "Say first which stage or image it takes the place of." : problem(name);
    setWrong(found);
    if (found === null) input?.click();
  };
  const take = async (dropped: Dropped | null) => {
    if (!dropped) return;
    if (dropped.kind === "refused") return setWrong(dropped.reason);
    const mine = new AbortController();
    sending.current = mine;
    setPart(0);
    try {
      onAttached(name, await send(store.getState().id, dropped, setPart, mine.signal));
      setName("");
    } catch (error) {
      const { message, hint } = inWords(error);
      if (!mine.signal.aborted) setWrong([message, hint].filter(Boolean).join(" "));
    } finally {
      if (!mine.signal.aborted) setPart(null);
    }
  };
  const stop = () => {
    sending.current?.abort();
    setPart(null);
  };

  return (
    <>
      <div className={styles.attach}>
        <input
          className={styles.input}
          aria-label="Name of the attached context"
          aria-invalid={wrong !== null}
          placeholder="stage or image"
          list={suggestions}
          value={name}
          spellCheck={false}
          autoComplete="off"
          disabled={part !== null}
          onChange={(event) => {
            setName(event.target.value.trim());
            setWrong(null);
          }}
        />
        {part === null ? (
          <>
            <Button size="small" onClick={() => choose(folder.current)}>
              <FolderUp size={14} aria-hidden="true" /> Folder…
            </Button>
            <Button size="small" onClick={() => choose(files.current)}>
              <FileArchive size={14} aria-hidden="true" /> Files…
            </Button>
          </>
        ) : (
          <>
            <progress aria-label="Sent" value={part} max={1} />
            <Button size="small" onClick={stop}>
              Stop
            </Button>
          </>
        )}
      </div>
      <datalist id={suggestions}>
        {names.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder to attach as a named context"
        data-testid="named-folder"
        // React knows no such property; browsers take any value.
        {...{ webkitdirectory: "" }}
        onChange={({ target }) => {
          const list = target.files;
          const picked = list && list.length > 0 ? fromFolderInput(list) : null;
          void take(picked && { kind: "files", name: picked.name, read: async () => picked.files });
          target.value = "";
        }}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        aria-label="Archive or files to attach as a named context"
        data-testid="named-files"
        onChange={({ target }) => {
          void take(chosenFiles([...(target.files ?? [])]));
          target.value = "";
        }}
      />
      {wrong && (
        <p className={styles.problem} role="alert">
          {wrong}
        </p>
      )}
    </>
  );
}

/** @param onPart gets the part that has left, from 0 to 1 */
async function send(
  documentId: string,
  dropped: Exclude<Dropped, { kind: "refused" }>,
  onPart: (part: number) => void,
  signal: AbortSignal,
): Promise<ContextSummary> {
  if (dropped.kind === "archive") {
    const { file } = dropped;
    const report = ({ sent, total }: { sent: number; total: number }) =>
      onPart(total === 0 ? 1 : sent / total);
    return putContext(documentId, file, file.name, report, signal, "named");
  }
  const picked =
    dropped.kind === "files"
      ? await dropped.read(() => {}, signal)
      : [{ path: dropped.file.name, file: dropped.file }];
  const hashed = await hashFiles(picked, () => {}, signal);
  const name = dropped.kind === "files" ? dropped.name : dropped.file.name;
  const report = ({ done, total }: { done: number; total: number }) => onPart(total === 0 ? 1 : done / total);
  const { context } = await sendFiles(documentId, name, picked, hashed, report, signal, "named");
  return context;
}
