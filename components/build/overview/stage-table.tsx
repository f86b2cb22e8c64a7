"use client";
import { useMemo } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import table from "@/components/ui/table.module.css";
import { formatBytes, formatDuration } from "@/lib/build/format";
import { stageFigures, stageTotal } from "@/lib/build/stage-figures";
import type { BuildState } from "@/lib/build/state";
import { selectPlace } from "../select-place";
import { useStageLabels } from "../use-build";
import styles from "./overview.module.css";

/** Every stage in a line: how it ended, what its steps took, what came from the cache and what it weighs on each platform. */
export function StageTable({ state }: { state: BuildState }) {
  const store = useDocumentStore();
  const labels = useStageLabels();
  const { stages, vertices, platforms } = state;
  const totals = useMemo(
    () => stageFigures({ stages, vertices }).map((figures) => ({ ...figures, ...stageTotal(figures) })),
    [stages, vertices],
  );
  const chosen = useDocument(({ selection, stageIds }) =>
    selection.kind === "stage" || selection.kind === "instruction" ? stageIds.indexOf(selection.stage) : -1,
  );
  return (
    <div className={styles.scroll}>
      <table className={cx(table.table, styles.table)} data-testid="stage-table">
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">Result</th>
            <th scope="col" className={styles.number} title="Of its steps that ran, one after another">
              Time
            </th>
            <th scope="col" className={styles.number}>
              Ran
            </th>
            <th scope="col" className={styles.number}>
              Cached
            </th>
            <th scope="col" className={styles.number}>
              Added
            </th>
            {platforms.length === 0 ? (
              <th scope="col" className={styles.number}>
                Size
              </th>
            ) : (
              platforms.map((platform) => (
                <th key={platform} scope="col" className={styles.number}>
                  {platform}
                </th>
              ))
            )}
          </tr>
        </thead>
        <tbody>
          {totals.map(({ milliseconds, ran, cached, failed, size, base, ships }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its position
            <tr key={index} data-stage={labels[index]} className={cx(index === chosen && styles.chosen)}>
              <th scope="row">
                <button
                  type="button"
                  className={styles.stage}
                  onClick={() => selectPlace(store, { stage: index, instruction: 0 })}
                >
                  {labels[index] ?? index}
                </button>
              </th>
              <td className={cx(ships && styles.ships, stages[index]!.status === "failed" && styles.failed)}>
                {resultOf(stages[index]!.status, ships)}
              </td>
              <td className={styles.number}>{ran + failed > 0 ? formatDuration(milliseconds) : "–"}</td>
              <td className={styles.number}>{ran}</td>
              <td className={styles.number}>{cached}</td>
              <td className={styles.number}>
                {size !== null && base !== null ? formatBytes(size - Math.min(base, size)) : "–"}
              </td>
              {(platforms.length === 0
                ? [size]
                : platforms.map((platform) => stages[index]!.weights[platform]?.size ?? null)
              ).map((bytes, nth) => (
                <td key={platforms[nth] ?? ""} className={styles.number}>
                  {bytes === null ? "–" : formatBytes(bytes)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function resultOf(status: BuildState["stages"][number]["status"], ships: boolean): string {
  if (status === "skipped") return "not built";
  if (status === "done" || status === "cached") return ships ? "ships" : status;
  return status;
}
