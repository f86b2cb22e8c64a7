"use client";
import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatCount } from "@/lib/build/format";
import type { DocumentListing } from "@/lib/share/answers";
import { deleteDocument, inWords, listDocuments } from "@/lib/share/client";
import styles from "./start.module.css";
import { timeAgo } from "./time-ago";
import { Trouble } from "./trouble";
import { useLoaded } from "./use-loaded";

export function MyDocuments() {
  const [documents, reload] = useLoaded(listDocuments);
  const [leaving, setLeaving] = useState<DocumentListing | null>(null);
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">Your documents</h2>
      {documents.state === "failed" && <Trouble {...documents} onRetry={reload} />}
      {documents.state === "loading" && <p className={styles.lead}>Looking for them…</p>}
      {documents.state === "ready" && documents.value.length === 0 && (
        <p className={styles.lead}>
          None yet. What you open is saved as you work and listed here, in this browser.
        </p>
      )}
      {documents.state === "ready" && documents.value.length > 0 && (
        <ul className={styles.documents}>
          {documents.value.map((document) => (
            <li key={document.id} className={styles.document}>
              <Link href={`/d/${document.id}`} className={styles.documentTitle}>
                {document.title}
              </Link>
              <span className={styles.documentNote}>
                {document.stages !== undefined && `${formatCount(document.stages, "stage")} · `}
                {timeAgo(document.updatedAt, Date.now())}
              </span>
              <IconButton label={`Delete ${document.title}`} onClick={() => setLeaving(document)}>
                <Trash2 size={15} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {leaving && (
        <DeleteDialog
          document={leaving}
          onClose={(deleted) => {
            setLeaving(null);
            if (deleted) reload();
          }}
        />
      )}
    </section>
  );
}

function DeleteDialog({ document, onClose }: { document: DocumentListing; onClose(deleted: boolean): void }) {
  const [problem, setProblem] = useState<{ message: string; hint?: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await deleteDocument(document.id);
      onClose(true);
    } catch (error) {
      setProblem(inWords(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose(false)}
      title={`Delete ${document.title}?`}
      description="Its text, its builds and its links go with it. This can't be undone."
    >
      {problem && <Trouble {...problem} />}
      <div className={styles.actions}>
        <Button variant="danger" disabled={busy} onClick={() => void remove()}>
          {busy ? "Deleting…" : "Delete"}
        </Button>
        <Button onClick={() => onClose(false)}>Keep it</Button>
      </div>
    </Dialog>
  );
}
