"use client";
/** Private keys for `RUN --mount=type=ssh`: held by this page alone, and sent with a build, whose steps only sign with them. */
import { X } from "lucide-react";
import { useMemo, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { IconButton } from "@/components/ui/button";
import { declaredSshKeys } from "@/lib/build/declared";
import { formatBytes } from "@/lib/build/format";
import { DEFAULT_SSH_ID, MAX_SSH_KEY_BYTES } from "@/lib/build/options";
import { FilePicker } from "./file-picker";
import { type IdFieldProps, IdFields } from "./id-fields";
import styles from "./options.module.css";

export function SshFields() {
  const tree = useDocument((state) => state.tree);
  const keys = useDocument((state) => state.sshKeys);
  const declared = useMemo(() => declaredSshKeys(tree), [tree]);
  return (
    <IdFields
      title="SSH keys"
      hint="Steps with an ssh mount sign with them and never see them. They stay in this page until you leave it, are sent with each build and stored nowhere. A key with a passphrase can’t be used."
      noun="ssh key"
      declared={declared}
      given={[...keys.keys()]}
      Field={SshField}
    />
  );
}

function SshField({ id, note, onRemove }: IdFieldProps) {
  const store = useDocumentStore();
  const bytes = useDocument((state) => state.sshKeys.get(id)?.byteLength ?? null);
  const [file, setFile] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = (name: string | null, content: Uint8Array) => {
    const wrong = problemOf(content);
    setProblem(wrong);
    if (wrong !== null) return;
    store.getState().setSshKey(id, content);
    setFile(name);
  };
  const forget = () => {
    store.getState().setSshKey(id, null);
    setProblem(null);
    onRemove?.();
  };
  return (
    <div className={styles.argument} data-testid={`ssh-${id}`}>
      <code className={styles.argumentName}>{id}</code>
      <div className={styles.inline}>
        <input
          className={styles.input}
          aria-label={`Private key ${id}`}
          aria-invalid={problem !== null}
          placeholder={bytes === null ? "private key" : (file ?? "given")}
          value=""
          spellCheck={false}
          autoComplete="off"
          // A key is never on show: what is pasted is taken, and what is typed is not one.
          onChange={() => setProblem("Paste the whole file, or choose it.")}
          onPaste={(event) => {
            event.preventDefault();
            const text = event.clipboardData.getData("text");
            take(null, new TextEncoder().encode(`${text.trim()}\n`));
          }}
        />
        <FilePicker label={`Take the key ${id} from a file`} limit={MAX_SSH_KEY_BYTES} onPick={take} />
        {(bytes !== null || onRemove) && (
          <IconButton label={`Forget the key ${id}`} onClick={forget}>
            <X size={15} />
          </IconButton>
        )}
      </div>
      <span className={styles.hint}>
        {note}
        {bytes === null && id === DEFAULT_SSH_ID && " · without one, the server’s agent if it lends one"}
      </span>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** What a glance tells; whether it can be used, the server says. */
function problemOf(content: Uint8Array): string | null {
  if (content.byteLength > MAX_SSH_KEY_BYTES) return `A key has at most ${formatBytes(MAX_SSH_KEY_BYTES)}.`;
  const text = new TextDecoder().decode(content);
  if (/^(?:ssh-|ecdsa-|sk-)/.test(text)) return "That is the public key. Give the file without .pub.";
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----|^PuTTY-User-Key-File/.test(text)
    ? null
    : "That is no private key.";
}
