"use client";
import { ArrowLeft, Download, GitCompareArrows, Share2 } from "lucide-react";
import { useEffect, useState } from "react";
import { CopyButton } from "@/components/build/copy-button";
import { whenOf } from "@/components/build/history/when-of";
import { STATUS } from "@/components/build/status-words";
import { isUnderWay } from "@/components/build/use-build";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { useDocument } from "@/components/editor/document-context";
import editor from "@/components/editor/editor.module.css";
import { PaletteButton } from "@/components/palette/palette-button";
import { ShareDialog } from "@/components/share/share-dialog";
import { Button, IconLink } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { PlainLogo } from "@/components/ui/logo";
import { ThemeButton } from "@/components/ui/theme-button";
import { recordPath } from "@/lib/share/client";
import styles from "./build-page.module.css";

/** Whose build it is, when it was and how it ended, and the ways on: to its document, and to others by link. */
export function BuildHeader({ token, build }: { token: string | null; build: string }) {
  const title = useDocument((state) => state.title);
  const id = useDocument((state) => state.id);
  const summary = useDocument((state) => state.build?.summary ?? null);
  // Newest first.
  const before = useDocument((state) => {
    const at = state.history.findIndex(({ id }) => id === build);
    return at < 0 ? null : (state.history[at + 1]?.id ?? null);
  });
  const canvas = useCanvasStore();
  const over = summary !== null && !isUnderWay(summary.status);
  const [sharing, setSharing] = useState(false);
  const name = summary && `Build of ${whenOf(summary.createdAt)}`;
  useEffect(() => {
    if (name) window.document.title = `${name} · ${title} · Stagecraft`;
  }, [name, title]);
  return (
    <header className={editor.header} data-pane="">
      <PlainLogo />
      <a
        className={styles.back}
        href={token === null ? `/d/${id}` : `/s/${token}`}
        title="Open the document as it is now"
        data-testid="to-document"
      >
        <ArrowLeft size={14} aria-hidden="true" />
        <span className={editor.title}>{title}</span>
      </a>
      <h1 className={styles.name}>
        <span aria-hidden="true">/ </span>
        {name ?? "Build"}
      </h1>
      {summary && <Result status={summary.status} />}
      <div className={editor.spacer} />
      {over && (
        <IconLink
          label="Export the record of this build"
          text="Export the record: one file with the log, to be imported into any document"
          href={recordPath(build, token)}
          download
          data-testid="export-record"
        >
          <Download size={16} />
        </IconLink>
      )}
      {before && (
        <Button
          onClick={() =>
            canvas.getState().change({ overlay: { kind: "compare", build: before, after: build } })
          }
          title="Compare with the build before"
          aria-label="Compare with the build before"
          data-testid="compare-before"
        >
          <GitCompareArrows size={15} aria-hidden="true" />
          <span className={styles.wide}>Compare</span>
        </Button>
      )}
      <PaletteButton />
      <div className={editor.theme}>
        <ThemeButton />
      </div>
      {token === null ? (
        <Button
          onClick={() => setSharing(true)}
          aria-label="Copy link to this build"
          aria-haspopup="dialog"
          data-testid="share-build"
        >
          <Share2 size={15} aria-hidden="true" />
          <span className={styles.wide}>Copy link</span>
        </Button>
      ) : (
        <CopyButton label="Copy the link to this build" text={() => location.href} />
      )}
      {sharing && <ShareDialog build={build} onClose={() => setSharing(false)} />}
    </header>
  );
}

function Result({ status }: { status: keyof typeof STATUS }) {
  const { word, Icon, tone } = STATUS[status];
  return (
    <span className={cx(styles.result, tone && styles[tone])} data-testid="build-result">
      <Icon size={14} aria-hidden="true" />
      <span className={styles.wide}>{word}</span>
      <span className="visually-hidden">{word}</span>
    </span>
  );
}
