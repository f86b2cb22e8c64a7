"use client";
/** The ignore file of the attached build context, to be written: saved there when the hands rest. */
import { CopyButton } from "@/components/build/copy-button";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import styles from "./other-file.module.css";
import { useIgnoreFile } from "./use-ignore-file";

const NAME = ".dockerignore";
const WORDS = { saved: "Saved", writing: "", saving: "Saving…", failed: "Not saved" };

export function IgnoreFile() {
  const store = useDocumentStore();
  const context = useDocument((state) => state.contextFiles);
  const { text, state, write, save } = useIgnoreFile();
  if (text === null) {
    const words = {
      none: "No build context is attached. The .dockerignore of one says which of its files stay out of the build.",
      loading: "Reading the build context…",
      ready: "The build context has no .dockerignore: all of its files can be copied.",
      failed: context.state === "failed" ? context.message : "",
    };
    return (
      <div className={styles.nothing}>
        <p>{words[context.state]}</p>
        {context.state === "ready" && (
          <Button size="small" variant="primary" onClick={() => write("")}>
            Write one
          </Button>
        )}
        <Button size="small" onClick={() => store.getState().showPanel("context")}>
          Show the build context
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.sheet}>
      <div className={styles.head}>
        <p>
          What it names stays out of the build. It is written to the attached build context, not to your own
          folder.
        </p>
        <span className={styles.state} aria-live="polite">
          {WORDS[state]}
        </span>
        {state === "failed" && (
          <Button size="small" onClick={save}>
            Try again
          </Button>
        )}
        <CopyButton label={`Copy ${NAME}`} text={() => text} />
      </div>
      <textarea
        className={styles.field}
        aria-label={NAME}
        data-testid="other-file"
        // biome-ignore lint/a11y/noAutofocus: an empty one was asked for by a button a moment ago
        autoFocus={text === ""}
        value={text}
        placeholder={"node_modules\n*.log\n.git"}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        onChange={(event) => write(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.stopPropagation();
          save();
        }}
      />
    </div>
  );
}
