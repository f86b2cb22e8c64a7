"use client";
/** Values for `RUN --mount=type=secret`: held by this page alone, and sent with a build. */
import { X } from "lucide-react";
import { useMemo, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { IconButton } from "@/components/ui/button";
import { declaredSecrets } from "@/lib/build/declared";
import { formatBytes, formatCount } from "@/lib/build/format";
import { MAX_SECRET_BYTES } from "@/lib/build/options";
import { FilePicker } from "./file-picker";
import { type IdFieldProps, IdFields } from "./id-fields";
import styles from "./options.module.css";

export function SecretFields() {
  const tree = useDocument((state) => state.tree);
  const secrets = useDocument((state) => state.secrets);
  const declared = useMemo(() => declaredSecrets(tree), [tree]);
  return (
    <IdFields
      title="Secrets"
      hint="Values stay in this page until you leave it. They are sent with each build, stored nowhere, and hidden where a step prints them."
      noun="secret"
      declared={declared}
      given={[...secrets.keys()]}
      Field={SecretField}
    />
  );
}

function SecretField({ id, note, onRemove }: IdFieldProps) {
  const store = useDocumentStore();
  const bytes = useDocument((state) => state.secrets.get(id)?.byteLength ?? null);
  const [text, setText] = useState("");
  const [file, setFile] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const set = (value: Uint8Array | null) => {
    const tooLarge = value !== null && value.byteLength > MAX_SECRET_BYTES;
    setProblem(tooLarge ? `A secret has at most ${formatBytes(MAX_SECRET_BYTES)}.` : null);
    if (!tooLarge) store.getState().setSecret(id, value);
    return !tooLarge;
  };
  const forget = () => {
    setText("");
    setFile(null);
    set(null);
    onRemove?.();
  };
  const shown = bytes !== null && text === "";
  return (
    <div className={styles.argument} data-testid={`secret-${id}`}>
      <code className={styles.argumentName}>{id}</code>
      <div className={styles.inline}>
        <input
          className={styles.input}
          type="password"
          aria-label={`Value of the secret ${id}`}
          placeholder={shown ? (file ?? "given") : "value"}
          value={text}
          autoComplete="off"
          onChange={(event) => {
            const { value } = event.target;
            if (!set(value === "" ? null : new TextEncoder().encode(value))) return;
            setText(value);
            setFile(null);
          }}
        />
        <FilePicker
          label={`Take the value of ${id} from a file`}
          limit={MAX_SECRET_BYTES}
          onPick={(name, content) => {
            if (!set(content)) return;
            setText("");
            setFile(name);
          }}
        />
        {(bytes !== null || onRemove) && (
          <IconButton label={`Forget ${id}`} onClick={forget}>
            <X size={15} />
          </IconButton>
        )}
      </div>
      <span className={styles.hint}>
        {note}
        {bytes !== null && ` · ${formatCount(bytes, "byte")} given`}
      </span>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
