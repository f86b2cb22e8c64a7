"use client";
import { ChevronDown, ChevronUp, Download, Search } from "lucide-react";
import { type ChangeEvent, type KeyboardEvent, useEffect, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { IconButton } from "@/components/ui/button";
import { formatCount } from "@/lib/build/format";
import type { LogView } from "@/lib/build/logs";
import { plainText } from "@/lib/build/terminal";
import { CopyButton } from "../copy-button";
import styles from "./logs.module.css";

/** How long the search waits for the next letter, in milliseconds. */
const PAUSE = 150;

interface Props {
  view: LogView;
  words: string;
  onWords(words: string): void;
  /** null where nothing is looked for. */
  matches: LogView | null;
  /** Number of the line that the search stands on. */
  current: number | null;
  onCurrent(number: number): void;
}

export function LogToolbar({ view, words, onWords, matches, current, onCurrent }: Props) {
  const store = useDocumentStore();
  const stages = useDocument((state) => state.graph.stages);
  const logStage = useDocument((state) => state.logStage);
  const title = useDocument((state) => state.title);
  const [typed, setTyped] = useState(words);
  useEffect(() => {
    if (typed === words) return;
    const timer = setTimeout(() => onWords(typed), PAUSE);
    return () => clearTimeout(timer);
  }, [typed, words, onWords]);

  const found = matches?.length ?? 0;
  const index = current === null || !matches ? -1 : matches.indexOf(current);
  const step = (by: 1 | -1) => {
    if (!matches || found === 0) return;
    // Without a place to go on from, the search begins at the end: that is where one looks.
    const next = index === -1 ? found - 1 : (index + by + found) % found;
    const line = matches.line(next);
    if (line) onCurrent(line.number);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") setTyped("");
  };
  const chooseStage = (event: ChangeEvent<HTMLSelectElement>) =>
    store.getState().setLogStage(event.target.value === "" ? null : event.target.value);

  return (
    <div className={styles.toolbar}>
      <select className={styles.stage} aria-label="Stage" value={logStage ?? ""} onChange={chooseStage}>
        <option value="">All stages</option>
        {stages.map((stage) => (
          <option key={stage.id} value={stage.id}>
            {stage.label}
          </option>
        ))}
      </select>
      <label className={styles.search}>
        <Search size={14} aria-hidden="true" />
        <input
          type="search"
          placeholder="Find in the log"
          aria-label="Find in the log"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </label>
      {matches && (
        <span className={styles.found} role="status">
          {found === 0
            ? "not found"
            : index === -1
              ? formatCount(found, "line")
              : `${(index + 1).toLocaleString("en-US")} of ${found.toLocaleString("en-US")}`}
        </span>
      )}
      {found > 0 && (
        <>
          <IconButton label="Previous" shortcut="⇧⏎" onClick={() => step(-1)}>
            <ChevronUp size={15} />
          </IconButton>
          <IconButton label="Next" shortcut="⏎" onClick={() => step(1)}>
            <ChevronDown size={15} />
          </IconButton>
        </>
      )}
      <span className={styles.count}>{formatCount(view.length, "line")}</span>
      <CopyButton label="Copy these lines" text={() => pieces(view).join("")} />
      <IconButton label="Download these lines" side="top" onClick={() => download(view, title)}>
        <Download size={15} />
      </IconButton>
    </div>
  );
}

/** The lines without colours, in pieces that a Blob takes without one giant string. */
function pieces(view: LogView): string[] {
  const all: string[] = [];
  let piece: string[] = [];
  for (let index = 0; index < view.length; index++) {
    piece.push(plainText(view.line(index)?.text ?? ""), "\n");
    if (piece.length >= 20_000) {
      all.push(piece.join(""));
      piece = [];
    }
  }
  all.push(piece.join(""));
  return all;
}

function download(view: LogView, title: string): void {
  const address = URL.createObjectURL(new Blob(pieces(view), { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${title.replace(/[^\p{L}\p{N}._-]+/gu, "-") || "build"}.log`;
  link.click();
  // The browser takes its own hold of the data; it may begin a little later than the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
