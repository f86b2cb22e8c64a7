"use client";
/** What was built, where and when, what came of it, and every stage with its time and size. */
import { useMemo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { formatBytes, formatDuration } from "@/lib/build/format";
import { finalSize } from "@/lib/build/history";
import { optionFacts } from "@/lib/build/option-facts";
import { isUnderWay, useBuildState, useStageLabels } from "../use-build";
import styles from "./overview.module.css";
import { StageTable } from "./stage-table";

export function OverviewTab() {
  const summary = useDocument((state) => state.build?.summary ?? null);
  const state = useBuildState();
  if (!summary || !state) {
    return (
      <p className={styles.reading} role="status">
        Reading the build…
      </p>
    );
  }
  return (
    <div className={styles.overview} data-testid="build-overview">
      <section aria-labelledby="build-facts">
        <h2 id="build-facts" className={styles.heading}>
          The build
        </h2>
        <Facts />
      </section>
      <section aria-labelledby="build-stages">
        <h2 id="build-stages" className={styles.heading}>
          Times and sizes
        </h2>
        <StageTable state={state} />
      </section>
    </div>
  );
}

interface Fact {
  name: string;
  values: readonly string[];
}

function Facts() {
  const summary = useDocument((state) => state.build!.summary);
  const host = useDocument((state) => state.build!.state.host);
  const error = useDocument((state) => state.build!.state.error);
  const labels = useStageLabels();
  const context = useDocument((state) => state.context);
  const facts = useMemo((): Fact[] => {
    const { createdAt, startedAt, endedAt, imported } = summary;
    const size = finalSize(summary);
    return [
      { name: "Begun", values: [new Date(createdAt).toLocaleString()] },
      ...(imported ? [{ name: "From", values: ["an imported record; not built here"] }] : []),
      ...(startedAt !== null && startedAt - createdAt >= 1000
        ? [{ name: "Waited", values: [formatDuration(startedAt - createdAt)] }]
        : []),
      {
        name: "Took",
        values: [
          startedAt !== null && endedAt !== null
            ? formatDuration(endedAt - startedAt)
            : isUnderWay(summary.status)
              ? "still under way"
              : "never began",
        ],
      },
      ...(size === null ? [] : [{ name: "Ships", values: [formatBytes(size)] }]),
      {
        name: "Host",
        values: [
          host ? `${host.name}, Docker ${host.engine}, ${host.platform}` : (summary.host ?? "none yet"),
        ],
      },
      ...optionFacts(summary.options, labels),
      ...(imported && context === null
        ? []
        : [
            {
              name: "Build context",
              values: [
                context === null
                  ? "none"
                  : `${context.name === "" ? "" : `${context.name}, `}${context.files.toLocaleString("en-US")} files, ${formatBytes(context.bytes)}`,
              ],
            },
          ]),
    ];
  }, [summary, host, labels, context]);
  return (
    <>
      {error && <p className={styles.error}>{error.message}</p>}
      <dl className={styles.facts}>
        {facts.map(({ name, values }) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            {values.map((value) => (
              <dd key={value}>{value}</dd>
            ))}
          </div>
        ))}
      </dl>
    </>
  );
}
