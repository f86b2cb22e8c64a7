"use client";
/** Which version to compare with: one of the document's own, or a Dockerfile that one has. */
import { FileClock, FileUp, History, RotateCcw } from "lucide-react";
import { useState } from "react";
import { whenOf } from "@/components/build/history/when-of";
import { STATUS } from "@/components/build/status-words";
import { useDocument, useKeptVersions } from "@/components/editor/document-context";
import { FileChooser } from "@/components/start/file-chooser";
import { PasteField } from "@/components/start/paste-field";
import { readDockerfile } from "@/components/start/read-dockerfile";
import { Trouble } from "@/components/start/trouble";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/lib/build/format";
import { finalSize } from "@/lib/build/history";
import { inWords } from "@/lib/share/client";
import { MAX_TEXT_BYTES } from "@/lib/share/document";
import { openFile } from "@/lib/share/file-format";
import styles from "./compare.module.css";
import type { useVersions } from "./use-versions";
import { type KeptVersion, OPENED } from "./versions";

export function Chooser({
  versions: { choose, give, versions },
}: {
  versions: ReturnType<typeof useVersions>;
}) {
  const text = useDocument((s) => s.text);
  const { openedText, build } = useKeptVersions();
  const edited = build === undefined && text !== openedText;
  return (
    <div className={styles.chooser} data-choices="" data-testid="compare-chooser">
      <section aria-labelledby="compare-own">
        <h2 id="compare-own">A version of this document</h2>
        <ul className={styles.choices}>
          {edited && (
            <li>
              <button type="button" className={styles.choice} onClick={() => choose({ before: OPENED })}>
                <RotateCcw size={15} aria-hidden="true" />
                <span>The text when this page opened</span>
              </button>
            </li>
          )}
          {versions.map((version) => (
            <li key={version.key}>
              <button
                type="button"
                className={styles.choice}
                onClick={() => choose({ before: version.key })}
                data-testid={`compare-${version.kind}`}
              >
                <Kept version={version} />
              </button>
            </li>
          ))}
        </ul>
        {!edited && versions.length === 0 && (
          <p className={styles.hint}>
            There is none yet. Every build and every link keeps the text that it was made from, and so does
            every ten minutes of editing, to be compared with later.
          </p>
        )}
      </section>
      <section aria-labelledby="compare-other">
        <h2 id="compare-other">Another Dockerfile</h2>
        <Given give={give} />
      </section>
    </div>
  );
}

function Kept({ version }: { version: KeptVersion }) {
  if (version.kind === "revision") {
    return (
      <>
        <FileClock size={15} aria-hidden="true" />
        <span>Text of {whenOf(version.at)}</span>
        {version.revision.cause === "shared" && <span className={styles.fact}>shared</span>}
      </>
    );
  }
  const size = finalSize(version.build);
  return (
    <>
      <History size={15} aria-hidden="true" />
      <span>Build of {whenOf(version.at)}</span>
      <span className={styles.fact}>{STATUS[version.build.status].word}</span>
      <span className={styles.choiceSize}>{size !== null && formatBytes(size)}</span>
    </>
  );
}

/** It stays in this page: nothing of it is saved. */
function Given({ give }: { give(label: string, text: string): void }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<{ message: string; hint?: string } | null>(null);
  const paste = () => {
    if (new Blob([text]).size > MAX_TEXT_BYTES) {
      setProblem({ message: "A Dockerfile can be at most 1 MiB. What you pasted is longer." });
    } else give("A pasted Dockerfile", openFile(text).text);
  };
  const open = (file: File) =>
    readDockerfile(file).then(
      (content) => give(file.name, openFile(content).text),
      (error) => setProblem(inWords(error)),
    );
  return (
    <>
      {problem && <Trouble {...problem} />}
      <PasteField
        text={text}
        onChange={setText}
        label="Dockerfile to compare with"
        actions={
          <>
            <Button
              variant={text.trim() === "" ? "plain" : "primary"}
              disabled={text.trim() === ""}
              onClick={paste}
              data-testid="compare-pasted"
            >
              Compare with it
            </Button>
            <FileChooser onFile={(file) => void open(file)}>
              {(choose) => (
                <Button onClick={choose}>
                  <FileUp size={15} aria-hidden="true" /> Open a file…
                </Button>
              )}
            </FileChooser>
          </>
        }
      />
    </>
  );
}
