"use client";
/** A comparison: the graph, the changes one by one, and the text, all at the same change. */
import dynamic from "next/dynamic";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { useNarrow } from "@/components/editor/narrow";
import { cx } from "@/components/ui/cx";
import { TabBar } from "@/components/ui/tab-bar";
import { figureDifferences } from "@/lib/build/figure-difference";
import type { PastBuild } from "@/lib/build/figures";
import { sizeDifferences, stepDifference } from "@/lib/build/size-difference";
import { parseDockerfile } from "@/lib/dockerfile";
import { changesOf } from "@/lib/graph/compare/changes";
import { compareDockerfiles } from "@/lib/graph/compare/compare";
import type { Comparison } from "@/lib/graph/compare/types";
import type { InstructionRow, StageNode } from "@/lib/graph/types";
import { ChangeList } from "./change-list";
import styles from "./compare.module.css";
import { FigureTable } from "./figure-table";
import { StepBar } from "./step-bar";
import { Summary } from "./summary";
import { TextDifference } from "./text-difference";
import type { Version } from "./versions";

const CompareCanvas = dynamic(
  () => import("@/components/canvas/compare/compare-canvas").then((part) => part.CompareCanvas),
  { ssr: false },
);

const TABS = [
  { id: "graph", label: "Graph" },
  { id: "changes", label: "Changes" },
  { id: "text", label: "Text" },
] as const;
const FIGURES = { id: "figures", label: "Figures" } as const;
type Part = (typeof TABS)[number]["id"] | "figures";

/** Bytes that each row of each stage adds more than before. */
function rowDifferences({ stages }: Comparison, before: PastBuild | null, after: PastBuild | null) {
  const at = (stage: StageNode | null, row: InstructionRow | null) =>
    stage && row && { stage: stage.index, instruction: row.instruction };
  return stages.map((stage) =>
    stage.rows.map((row) =>
      stepDifference(before, at(stage.before, row.before), after, at(stage.after, row.after)),
    ),
  );
}

export function CompareView({ before, after }: { before: Version; after: Version }) {
  const narrow = useNarrow();
  const [tab, setTab] = useState<Part>("graph");
  const trees = useMemo(
    () => ({ before: parseDockerfile(before.text), after: parseDockerfile(after.text) }),
    [before.text, after.text],
  );
  const { comparison, changes } = useMemo(() => {
    const found = compareDockerfiles(trees.before, trees.after);
    return { comparison: found, changes: changesOf(found) };
  }, [trees]);
  const pairs = useMemo(
    () =>
      comparison.stages.map((stage) => ({
        before: stage.before?.index ?? null,
        after: stage.after?.index ?? null,
      })),
    [comparison],
  );
  const sizes = useMemo(
    () => ({
      ...sizeDifferences(pairs, before.weights, after.weights),
      rows: rowDifferences(comparison, before.weighed, after.weighed),
    }),
    [pairs, comparison, before, after],
  );
  const figures = useMemo(
    () => before.figures && after.figures && figureDifferences(pairs, before.figures, after.figures),
    [pairs, before.figures, after.figures],
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const at = changes.findIndex(({ id }) => id === chosen);
  const current = changes[at] ?? null;
  const goTo = (to: number) => {
    const change = changes[(to + changes.length) % changes.length];
    if (change) setChosen(change.id);
  };
  const step = (by: 1 | -1) => goTo(at < 0 ? (by > 0 ? 0 : changes.length - 1) : at + by);

  const stepNow = useEffectEvent(step);
  useEffect(() => {
    // Wherever the focus is: what a click leads to may have taken it along.
    const press = (event: KeyboardEvent) => {
      const { target, key, altKey, ctrlKey, metaKey } = event;
      const typing =
        target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select");
      const by = { n: 1, p: -1 }[key.toLowerCase()] as 1 | -1 | undefined;
      if (by === undefined || altKey || ctrlKey || metaKey || typing) return;
      event.preventDefault();
      stepNow(by);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);

  const shown = tab === "figures" && !figures ? "graph" : tab;
  const part = (id: Part) => {
    const away = narrow && shown !== id;
    return { className: cx(styles.pane, styles[id], away && styles.away), inert: away };
  };
  return (
    <div
      className={styles.view}
      data-narrow={narrow || undefined}
      data-figures={(figures && !narrow) || undefined}
    >
      <Summary changes={changes} sizes={sizes} before={before} after={after} />
      <main className={styles.panes}>
        <section {...part("graph")} aria-label="Both versions as one graph">
          <CompareCanvas
            key={`${before.key} ${after.key} ${before.text.length} ${after.text.length}`}
            comparison={comparison}
            sizes={sizes}
            current={current}
            onChoose={setChosen}
          />
        </section>
        <section {...part("changes")} aria-label="Changes">
          <ChangeList changes={changes} current={at} onChoose={goTo} sameText={before.text === after.text} />
        </section>
        <section {...part("text")} aria-label="Text of both versions">
          <TextDifference before={trees.before} after={trees.after} current={current} />
        </section>
        {figures && (
          <section {...part("figures")} aria-label="Figures of both builds">
            <FigureTable stages={comparison.stages} figures={figures} shipped={sizes.shipped} />
          </section>
        )}
      </main>
      <StepBar changes={changes} current={at} onStep={step} />
      {narrow && (
        <TabBar
          label="Parts of the comparison"
          tabs={figures ? [...TABS, FIGURES] : TABS}
          tab={shown}
          onTab={setTab}
        />
      )}
    </div>
  );
}
