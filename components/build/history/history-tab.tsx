"use client";
import { ExternalLink, GitCompareArrows, Link2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { buildPath } from "@/components/share/build-path";
import { IconButton, IconLink } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { formatBytes, formatDuration } from "@/lib/build/format";
import { finalSize } from "@/lib/build/history";
import type { BuildSummary } from "@/lib/store/wire";
import { CopyButton } from "../copy-button";
import { Empty } from "../empty";
import { STATUS } from "../status-words";
import { useStageLabels } from "../use-build";
import styles from "./history.module.css";
import { ImportButton } from "./import-button";
import { Trend } from "./trend";
import { whenOf } from "./when-of";

const ShareDialog = dynamic(
  () => import("@/components/share/share-dialog").then((part) => part.ShareDialog),
  { ssr: false },
);

/** Every build of the document, newest first. On a build's own page the others are pages too. */
export function HistoryTab({ asPages = false }: { asPages?: boolean }) {
  const history = useDocument((state) => state.history);
  const [shared, setShared] = useState<string | null>(null);
  if (history.length === 0) {
    return (
      <Empty title="No builds yet">
        <p>
          Each build of this document is kept here, with its log and its sizes, to be opened again as it was.
        </p>
        <ImportButton />
      </Empty>
    );
  }
  return (
    <div className={styles.history} data-testid="history">
      <ul className={styles.list}>
        {history.map((build) => (
          <Item key={build.id} build={build} asPage={asPages} onShare={() => setShared(build.id)} />
        ))}
      </ul>
      <div className={styles.aside}>
        <Trend history={history} />
        <ImportButton />
      </div>
      {shared !== null && <ShareDialog build={shared} onClose={() => setShared(null)} />}
    </div>
  );
}

function Item({ build, asPage, onShare }: { build: BuildSummary; asPage: boolean; onShare(): void }) {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const shown = useDocument((state) => state.build?.summary.id === build.id);
  const labels = useStageLabels();
  const mayShare = useDocument((state) => state.rights.share);
  const page = buildPath(location.pathname, build.id);
  const { word, Icon, tone } = STATUS[build.status];
  const { target, everyStage, noCache } = build.options;
  const size = finalSize(build);
  const facts = [
    target !== null ? `target ${labels[target] ?? target}` : everyStage ? "every stage" : "last stage",
    noCache && "without the cache",
    build.host,
    build.imported && "imported",
  ].filter(Boolean);
  const row = {
    className: cx(styles.item, shown && styles.shown),
    "aria-current": shown,
    "data-status": build.status,
  };
  const said = (
    <>
      <span className={cx(styles.status, tone && styles[tone])}>
        <Icon size={15} aria-hidden="true" />
        {word}
      </span>
      <span className={styles.when} title={new Date(build.createdAt).toLocaleString()}>
        {whenOf(build.createdAt)}
      </span>
      <span className={styles.duration}>
        {build.startedAt !== null &&
          build.endedAt !== null &&
          formatDuration(build.endedAt - build.startedAt)}
      </span>
      <span className={styles.size}>{size !== null && formatBytes(size)}</span>
      <span className={styles.facts}>{build.error?.message ?? facts.join(" · ")}</span>
      {shown && <span className={styles.badge}>on show</span>}
    </>
  );
  return (
    <li className={styles.entry}>
      {asPage ? (
        <a {...row} href={page}>
          {said}
        </a>
      ) : (
        <>
          <button {...row} type="button" onClick={() => void store.getState().showBuild(build.id)}>
            {said}
          </button>
          <IconLink label="Open this build’s own page" side="left" href={page}>
            <ExternalLink size={15} />
          </IconLink>
        </>
      )}
      {mayShare ? (
        <IconButton label="Copy a link to this build" side="left" aria-haspopup="dialog" onClick={onShare}>
          <Link2 size={15} />
        </IconButton>
      ) : (
        <CopyButton
          label="Copy the link to this build"
          icon={Link2}
          text={() => new URL(page, location.origin).href}
        />
      )}
      <IconButton
        label={asPage ? "Compare with the build on this page" : "Compare with the text as it is"}
        side="left"
        disabled={asPage && shown}
        onClick={() => {
          const after = asPage ? store.getState().build?.summary.id : undefined;
          const compare = { kind: "compare" as const, build: build.id, ...(after && { after }) };
          canvas.getState().change({ overlay: compare });
        }}
      >
        <GitCompareArrows size={15} />
      </IconButton>
    </li>
  );
}
