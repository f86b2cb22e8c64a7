"use client";
import { CircleX } from "lucide-react";
import { useDocument, useLogStore } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import styles from "./logs.module.css";
import { failedVertices, vertexLabel } from "./vertex-words";

/** Beneath the log of a failed build: which step failed, with which exit code. */
export function FailureBar({ onShow }: { onShow(number: number): void }) {
  const log = useLogStore();
  const error = useDocument((state) =>
    state.build?.state.status === "failed" ? state.build.state.error : null,
  );
  const failed = useDocument(
    (state) => state.build?.state.error?.vertex ?? (failedVertices(state.build?.state).split(" ")[0] || null),
  );
  const label = useDocument((state) => (failed ? vertexLabel(state.build?.state, state.graph, failed) : ""));
  const lines = useDocument((state) => (failed ? (state.build?.state.vertices[failed]?.logLines ?? 0) : 0));
  if (!error) return null;
  const show = () => {
    const view = log.of([failed ?? ""]);
    const last = view.line(view.length - 1);
    if (last) onShow(last.number);
  };
  return (
    <div className={styles.failure} role="status">
      <CircleX size={15} aria-hidden="true" />
      <span className={styles.failureText}>
        {label && <code>{label}</code>} {error.message}
      </span>
      {error.exitCode !== undefined && <b className={styles.exit}>exit code {error.exitCode}</b>}
      {lines > 0 && (
        <Button size="small" onClick={show}>
          Jump to its output
        </Button>
      )}
    </div>
  );
}
