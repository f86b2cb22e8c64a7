"use client";
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  GitCompareArrows,
  LoaderCircle,
  Unplug,
} from "lucide-react";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { IconButton } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { formatBytes, formatDuration } from "@/lib/build/format";
import { finalSize } from "@/lib/build/history";
import type { BuildSummary } from "@/lib/store/wire";
import { Empty } from "../empty";
import { useStageLabels } from "../use-build";
import styles from "./history.module.css";
import { whenOf } from "./when-of";

const STATUS: Record<BuildSummary["status"], { word: string; Icon: typeof Ban; tone?: "good" | "bad" }> = {
  queued: { word: "waiting", Icon: CircleDashed },
  running: { word: "running", Icon: LoaderCircle },
  succeeded: { word: "succeeded", Icon: CircleCheck, tone: "good" },
  failed: { word: "failed", Icon: CircleAlert, tone: "bad" },
  canceled: { word: "stopped", Icon: Ban },
  interrupted: { word: "interrupted", Icon: Unplug, tone: "bad" },
};

/** Every build of the document, newest first. */
export function HistoryTab() {
  const history = useDocument((state) => state.history);
  if (history.length === 0) {
    return (
      <Empty title="No builds yet">
        <p>
          Each build of this document is kept here, with its log and its sizes, to be opened again as it was.
        </p>
      </Empty>
    );
  }
  return (
    <div className={styles.history} data-testid="history">
      <ul className={styles.list}>
        {history.map((build) => (
          <Item key={build.id} build={build} />
        ))}
      </ul>
    </div>
  );
}

function Item({ build }: { build: BuildSummary }) {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const shown = useDocument((state) => state.build?.summary.id === build.id);
  const labels = useStageLabels();
  const { word, Icon, tone } = STATUS[build.status];
  const { target, everyStage, noCache } = build.options;
  const size = finalSize(build);
  const facts = [
    target !== null ? `target ${labels[target] ?? target}` : everyStage ? "every stage" : "last stage",
    noCache && "without the cache",
    build.host,
  ].filter(Boolean);
  return (
    <li className={styles.entry}>
      <button
        type="button"
        className={cx(styles.item, shown && styles.shown)}
        aria-current={shown}
        data-status={build.status}
        onClick={() => void store.getState().showBuild(build.id)}
      >
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
      </button>
      <IconButton
        label="Compare with the text as it is"
        side="left"
        onClick={() => canvas.getState().change({ overlay: { kind: "compare", build: build.id } })}
      >
        <GitCompareArrows size={15} />
      </IconButton>
    </li>
  );
}
