"use client";
/** Private keys for `RUN --mount=type=ssh`: held by this page alone, and sent with a build, whose steps only sign with them. */
import { X } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { IconButton } from "@/components/ui/button";
import { declaredSshKeys } from "@/lib/build/declared";
import { DEFAULT_SSH_ID, MAX_SSH_KEY_BYTES, MAX_SSH_KEYS } from "@/lib/build/options";
import { isLocked, sshKeyProblem } from "@/lib/build/ssh-key";
import { getLimits } from "@/lib/share/client";
import type { HeldKey } from "@/lib/store/types";
import { FilePicker } from "./file-picker";
import { type IdFieldProps, IdFields } from "./id-fields";
import styles from "./options.module.css";
import { Tick } from "./section";
import { useOptions } from "./use-options";

export function SshFields() {
  const tree = useDocument((state) => state.tree);
  const keys = useDocument((state) => state.sshKeys);
  const lent = useDocument((state) => state.options.sshAgent);
  const declared = useMemo(() => declaredSshKeys(tree), [tree]);
  return (
    <IdFields
      title="SSH keys"
      hint="Steps with an ssh mount sign with them and never see them. They stay in this page until you leave it, are sent with each build and stored nowhere."
      noun="ssh key"
      declared={declared}
      given={[...keys.keys()]}
      also={lent ? "the server’s agent" : null}
      Field={SshField}
    >
      <LentAgent />
    </IdFields>
  );
}

/** Shown where the server lends one, or somebody asked for one that it lends no more. */
function LentAgent() {
  const [{ sshAgent }, change] = useOptions();
  const [lends, setLends] = useState<boolean | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    // Without an answer nothing is offered: a build that asks for it is refused, and told why.
    getLimits(gone.signal).then(
      (limits) => setLends(limits.sshAgent),
      () => {},
    );
    return () => gone.abort();
  }, []);
  if (!lends && !sshAgent) return null;
  return (
    <Tick
      label="Lend steps the server’s ssh agent"
      hint={
        lends === false
          ? "This server lends none any more: a build that asks for it is refused."
          : `They can sign with all of its keys, as ${DEFAULT_SSH_ID}. Kept with the document; a key given above goes first.`
      }
      checked={sshAgent}
      onChange={(on) => change({ sshAgent: on })}
    />
  );
}

const NONE: readonly HeldKey[] = [];

function SshField({ id, note, onRemove }: IdFieldProps) {
  const store = useDocumentStore();
  const keys = useDocument((state) => state.sshKeys.get(id) ?? NONE);
  const [problem, setProblem] = useState<string | null>(null);
  const hold = (next: readonly HeldKey[]) => store.getState().setSshKeys(id, next);
  const take = (name: string | null, content: Uint8Array) => {
    const wrong =
      keys.length >= MAX_SSH_KEYS ? `An id has at most ${MAX_SSH_KEYS} keys.` : sshKeyProblem(content);
    setProblem(wrong);
    if (wrong === null) hold([...keys, { name, content, passphrase: "" }]);
  };
  const forget = () => {
    hold([]);
    setProblem(null);
    onRemove?.();
  };
  return (
    <div className={styles.argument} data-testid={`ssh-${id}`}>
      <code className={styles.argumentName}>{id}</code>
      {keys.map((key, nth) => (
        <Held
          // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be given twice
          key={nth}
          name={`${id}, ${key.name ?? `pasted key ${nth + 1}`}`}
          held={key}
          onPassphrase={(passphrase) =>
            hold(keys.map((each, at) => (at === nth ? { ...each, passphrase } : each)))
          }
          onForget={() => hold(keys.filter((_, at) => at !== nth))}
        />
      ))}
      <div className={styles.inline}>
        <input
          className={styles.input}
          aria-label={`Private key ${id}`}
          aria-invalid={problem !== null}
          placeholder={keys.length === 0 ? "paste a private key" : "another key"}
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
        {onRemove && (
          <IconButton label={`Forget the key ${id}`} onClick={forget}>
            <X size={15} />
          </IconButton>
        )}
      </div>
      <span className={styles.hint}>{note}</span>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function Held(props: { name: string; held: HeldKey; onPassphrase(word: string): void; onForget(): void }) {
  const { name, held, onPassphrase, onForget } = props;
  const locked = useMemo(() => isLocked(held.content), [held.content]);
  return (
    <div className={styles.inline}>
      <span className={styles.held}>{held.name ?? "pasted"}</span>
      {locked && (
        <input
          className={styles.input}
          type="password"
          aria-label={`Passphrase of ${name}`}
          placeholder="passphrase"
          value={held.passphrase}
          autoComplete="off"
          maxLength={1000}
          onChange={(event) => onPassphrase(event.target.value)}
        />
      )}
      <IconButton label={`Forget ${name}`} onClick={onForget}>
        <X size={15} />
      </IconButton>
    </div>
  );
}
