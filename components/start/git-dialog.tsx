"use client";
/** A Git repository as the build context: where it is, and which of it. */
import { useRef, useState } from "react";
import { toast } from "sonner";
import { useDocumentStore } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { readGitSource } from "@/lib/build/context/git-source";
import { formatBytes, formatCount } from "@/lib/build/format";
import { inWords, putGitContext } from "@/lib/share/client";
import styles from "./attach.module.css";

export function GitDialog({ onClose }: { onClose(): void }) {
  const store = useDocumentStore();
  const [address, setAddress] = useState("");
  const [ref, setRef] = useState("");
  const [folder, setFolder] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [fetching, setFetching] = useState<AbortController | null>(null);
  const first = useRef<HTMLInputElement>(null);

  const close = () => {
    fetching?.abort();
    onClose();
  };
  const attach = async () => {
    const source = readGitSource(address, ref, folder);
    if (typeof source === "string") {
      setProblem(source);
      first.current?.focus();
      return;
    }
    const running = new AbortController();
    setFetching(running);
    setProblem(null);
    try {
      const context = await putGitContext(store.getState().id, source, running.signal);
      if (running.signal.aborted) return;
      store.getState().setContext(context);
      onClose();
      toast.success(`Build context attached: ${context?.name}`, {
        description: context
          ? `${formatCount(context.files, "file")}, ${formatBytes(context.bytes)}${submodulesInWords(context.submodules)}`
          : undefined,
      });
    } catch (error) {
      if (running.signal.aborted) return;
      const { message, hint } = inWords(error);
      setProblem([message, hint].filter(Boolean).join(" "));
      setFetching(null);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title="Build context from Git"
      description="The server fetches one commit, without its history. It takes no logins: a repository that needs one, clone and drop."
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!fetching) void attach();
        }}
      >
        <Field
          label="Address of the repository"
          placeholder="https://github.com/me/app.git"
          value={address}
          onChange={setAddress}
          input={first}
        />
        <div className={styles.pair}>
          <Field
            label="Branch, tag or commit"
            placeholder="its default branch"
            value={ref}
            onChange={setRef}
          />
          <Field label="Folder" placeholder="all of it" value={folder} onChange={setFolder} />
        </div>
        {problem && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
        {fetching && <p role="status">Fetching it…</p>}
        <div className={styles.actions}>
          <Button variant="primary" type="submit" disabled={fetching !== null || address.trim() === ""}>
            Attach
          </Button>
          <Button type="button" onClick={close}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Field({
  label,
  placeholder,
  value,
  onChange,
  input,
}: {
  label: string;
  placeholder: string;
  value: string;
  onChange(value: string): void;
  input?: React.Ref<HTMLInputElement>;
}) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <input
        ref={input}
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
      />
    </label>
  );
}

function submodulesInWords(count = 0): string {
  if (count === 0) return "";
  return count === 1 ? "; its submodule is left empty" : `; its ${count} submodules are left empty`;
}
