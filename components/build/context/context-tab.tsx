"use client";
import { FileArchive, FolderUp, GitBranch, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { useContextChooser } from "@/components/start/context-drop";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatBytes, formatCount } from "@/lib/build/format";
import { deleteContext, getLimits, inWords } from "@/lib/share/client";
import { Empty } from "../empty";
import styles from "./context.module.css";
import { ContextFiles } from "./context-files";
import { Copies } from "./copies";

/** The files that COPY and ADD take from: which are attached, and how to attach others. */
export function ContextTab() {
  const context = useDocument((state) => state.context);
  const mayEdit = useDocument((state) => state.rights.edit);
  if (!context) {
    return (
      <Empty title="No build context">
        <p>
          COPY and ADD take files from the build context: the folder that you would name at the end of{" "}
          <code>docker build</code>.
          {mayEdit && " Drop a folder, files, a .zip or a .tar.gz anywhere on this page, or choose here."}
        </p>
        <AttachButtons />
        {mayEdit && <Limit />}
      </Empty>
    );
  }
  return (
    <div className={styles.context} data-testid="context">
      <div className={styles.head}>
        <p className={styles.summary}>
          <b>{context.name}</b>
          <span>
            {formatCount(context.files, "file")}, {formatBytes(context.bytes)}
          </span>
        </p>
        <div className={styles.actions}>
          <AttachButtons replace />
          {mayEdit && <RemoveButton name={context.name} />}
        </div>
      </div>
      <div className={styles.columns}>
        <Copies />
        <ContextFiles key={context.id} />
      </div>
      {mayEdit && <Limit />}
    </div>
  );
}

function AttachButtons({ replace = false }: { replace?: boolean }) {
  const chooser = useContextChooser();
  if (!chooser) return null;
  return (
    <div className={styles.actions}>
      <Button size="small" onClick={chooser.chooseFolder}>
        <FolderUp size={15} aria-hidden="true" /> {replace ? "Another folder" : "Attach a folder"}
      </Button>
      <Button size="small" onClick={chooser.chooseFiles}>
        <FileArchive size={15} aria-hidden="true" /> {replace ? "Other files" : "Attach files"}
      </Button>
      {chooser.chooseGit && (
        <Button size="small" onClick={chooser.chooseGit}>
          <GitBranch size={15} aria-hidden="true" /> From Git…
        </Button>
      )}
    </div>
  );
}

function Limit() {
  const [bytes, setBytes] = useState<number | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    // Without the figure the sentence is left out: the server says it again when it refuses.
    getLimits(gone.signal).then(
      (limits) => setBytes(limits.contextBytes),
      () => {},
    );
    return () => gone.abort();
  }, []);
  if (bytes === null) return null;
  return <p className={styles.limit}>At most {formatBytes(bytes)}. It replaces what is attached.</p>;
}

function RemoveButton({ name }: { name: string }) {
  const store = useDocumentStore();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const remove = async () => {
    setBusy(true);
    try {
      await deleteContext(store.getState().id);
      store.getState().setContext(null);
    } catch (error) {
      const { message, hint } = inWords(error);
      setProblem([message, hint].filter(Boolean).join(" "));
      setBusy(false);
    }
  };
  return (
    <>
      <Button size="small" variant="quiet" onClick={() => setAsking(true)}>
        <Trash2 size={15} aria-hidden="true" /> Remove
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove ${name}?`}
        description="The document builds without a context then: COPY and ADD find no files. Builds that are done keep their logs and sizes."
      >
        {problem && <p role="alert">{problem}</p>}
        <div className={styles.actions}>
          <Button variant="danger" disabled={busy} onClick={() => void remove()}>
            {busy ? "Removing…" : "Remove"}
          </Button>
          <Button onClick={() => setAsking(false)}>Keep it</Button>
        </div>
      </Dialog>
    </>
  );
}
