"use client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatBytes, formatCount } from "@/lib/build/format";
import styles from "./attach.module.css";
import { EntryChoices } from "./entry-choices";
import { totalBytes } from "./picked-files";
import { type Attach, type Attaching, keptFiles } from "./use-attach";

/** Says what would be sent and whether it may, before it is; then how far it is. */
export function AttachDialog({ attach }: { attach: Attach }) {
  const { attaching, cancel } = attach;
  if (attaching.step === "idle") return null;
  return (
    <Dialog open onOpenChange={(open) => !open && cancel()} title={`Build context: ${attaching.name}`}>
      <Body attach={attach} attaching={attaching} />
    </Dialog>
  );
}

function Body({ attach, attaching }: { attach: Attach; attaching: Exclude<Attaching, { step: "idle" }> }) {
  const stop = (
    <div className={styles.actions}>
      <Button onClick={attach.cancel}>Cancel</Button>
    </div>
  );
  switch (attaching.step) {
    case "reading":
      return (
        <>
          <p role="status">
            Looking through it… {attaching.found > 0 && formatCount(attaching.found, "file")}
          </p>
          {stop}
        </>
      );
    case "ready":
      return <Ready attach={attach} ready={attaching} />;
    case "comparing":
      return (
        <>
          {attaching.done < attaching.total ? (
            <Meter label="Comparing with what the server has" {...attaching} />
          ) : (
            <p role="status">Asking what the server lacks…</p>
          )}
          {stop}
        </>
      );
    case "sending":
      return (
        <>
          {attaching.done < attaching.total ? (
            <Meter label="Sending" {...attaching} />
          ) : (
            <p role="status">Sent. The server checks it…</p>
          )}
          {stop}
        </>
      );
    case "failed":
      return (
        <>
          <p role="alert" className={styles.problem}>
            <b>{attaching.message}</b> {attaching.hint}
          </p>
          <p className={styles.quiet}>What was attached before is untouched.</p>
          <div className={styles.actions}>
            <Button onClick={attach.cancel}>Close</Button>
          </div>
        </>
      );
  }
}

function Ready({ attach, ready }: { attach: Attach; ready: Extract<Attaching, { step: "ready" }> }) {
  const { source, limit, leaveOut } = ready;
  const kept = source.kind === "files" ? keptFiles(source.files, leaveOut) : [];
  const bytes = source.kind === "archive" ? source.file.size : totalBytes(kept);
  const tooMuch = bytes > limit;
  const nothing = source.kind === "files" && kept.length === 0;
  return (
    <>
      <p data-testid="context-size">
        {source.kind === "files" ? `${formatCount(kept.length, "file")}, ` : "An archive of "}
        <b>{formatBytes(bytes)}</b> of at most {formatBytes(limit)}. Nothing has been sent yet.
      </p>
      {source.kind === "files" && (
        <EntryChoices files={source.files} leftOut={leaveOut} onChange={attach.leaveOut} />
      )}
      {ready.dockerfile && (
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={ready.dockerfile.open}
            onChange={(event) => attach.openDockerfile(event.target.checked)}
          />
          Also open its Dockerfile, in the place of the text here
        </label>
      )}
      {tooMuch && (
        <p role="alert" className={styles.problem}>
          <b>That is {formatBytes(bytes - limit)} more than this server takes.</b>{" "}
          {source.kind === "files"
            ? "Leave out what the build does not need, or have whoever runs the server raise STAGECRAFT_CONTEXT_LIMIT."
            : "Make a smaller archive, or have whoever runs the server raise STAGECRAFT_CONTEXT_LIMIT."}
        </p>
      )}
      <div className={styles.actions}>
        <Button
          variant="primary"
          disabled={tooMuch || nothing}
          onClick={() => void attach.send()}
          data-testid="send-context"
        >
          Attach {formatBytes(bytes)}
        </Button>
        <Button onClick={attach.cancel}>Cancel</Button>
      </div>
    </>
  );
}

function Meter({ label, done, total }: { label: string; done: number; total: number }) {
  return (
    <div className={styles.meter}>
      <span>{label}</span>
      <span className={styles.figures}>
        {formatBytes(done)} of {formatBytes(total)}
      </span>
      <progress value={done} max={Math.max(1, total)} aria-label={label} />
    </div>
  );
}
