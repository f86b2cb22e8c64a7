"use client";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { Fragment, useMemo } from "react";
import { useDocument, useDocumentStore, useLogStore } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { evaluationOf } from "@/lib/build/evaluation";
import { formatCount } from "@/lib/build/format";
import type { Problem } from "@/lib/build/problems";
import { findingsOf, fixFor } from "@/lib/dockerfile/service";
import { Empty } from "../empty";
import { ColouredLine } from "../logs/coloured-line";
import { selectPlace } from "../select-place";
import { useStageLabels } from "../use-build";
import styles from "./problems.module.css";
import { useProblems } from "./use-problems";

/** Lines of the failed step that are shown here; the rest is in the log. */
const TAIL = 30;

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info };
const WORDS = { error: "Error", warning: "Warning", info: "Note" };

/** What is wrong, where, and what to do; the builder's own words whole beneath. */
export function ProblemsTab() {
  const problems = useProblems();
  const checked = useDocument((state) => state.checked);
  return (
    <div className={styles.problems} data-testid="problems">
      {problems.length === 0 && !checked ? (
        <Empty title="Checking…">
          <p>The whole of a long Dockerfile takes a moment.</p>
        </Empty>
      ) : problems.length === 0 ? (
        <Empty title="No problems">
          <p>
            <CircleCheck size={14} className={styles.good} aria-hidden="true" /> The Dockerfile reads well.
            What the parser, a check or a build complains of comes here, with its line and what to do about
            it.
          </p>
        </Empty>
      ) : (
        <ul className={styles.list}>
          {problems.map((problem) => (
            <Item key={problem.key} problem={problem} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Item({ problem }: { problem: Problem }) {
  const store = useDocumentStore();
  const labels = useStageLabels();
  const Icon = ICONS[problem.severity];
  const { place, line } = problem;
  const where = [
    line !== null && `line ${line}`,
    place && (labels[place.stage] ?? `stage ${place.stage}`),
    problem.exitCode !== null && `exit code ${problem.exitCode}`,
    problem.from === "build" && "from the build",
    problem.finding && problem.severity !== "error" && problem.finding.code,
  ].filter(Boolean);
  const go = () => {
    if (place) selectPlace(store, place);
    else if (line !== null) store.getState().selectLine(line, "build");
  };
  const showLog = () => {
    const { stageIds, setLogStage, setPanel } = store.getState();
    setLogStage((place && stageIds[place.stage]) ?? null);
    setPanel("logs");
  };
  return (
    <li className={cx(styles.item, styles[problem.severity])} data-severity={problem.severity}>
      <Icon size={16} className={styles.icon} aria-label={WORDS[problem.severity]} />
      <div className={styles.body}>
        <button type="button" className={styles.message} onClick={go} disabled={!place && line === null}>
          {problem.message}
        </button>
        {where.length > 0 && <p className={styles.where}>{where.join(" · ")}</p>}
        {problem.hint && <p>{problem.hint}</p>}
        <Output problem={problem} />
        <div className={styles.actions}>
          <FixButton problem={problem} />
          <LogLink problem={problem} onClick={showLog} />
          {problem.url && isWebAddress(problem.url) && (
            <a href={problem.url} target="_blank" rel="noreferrer">
              About this
            </a>
          )}
        </div>
      </div>
    </li>
  );
}

/** Mends it in the text, where that is plain to do. */
function FixButton({ problem: { finding } }: { problem: Problem }) {
  const store = useDocumentStore();
  const mayEdit = useDocument((state) => state.rights.edit);
  const tree = useDocument((state) => state.tree);
  const fix = useMemo(() => (finding && mayEdit ? fixFor(tree, finding) : null), [finding, mayEdit, tree]);
  if (!fix || !finding) return null;
  const apply = () => {
    // The list may be a moment behind the text; what is written never is.
    const { tree: now, options, applyEdits } = store.getState();
    const found = findingsOf(now, evaluationOf(options)).find(
      ({ code, range }) => code === finding.code && range.start === finding.range.start,
    );
    const edits = found && fixFor(now, found)?.edits;
    if (edits) applyEdits(edits);
  };
  return (
    <Button size="small" onClick={apply}>
      Fix: {fix.title}
    </Button>
  );
}

/** The last that the failed step wrote, and the builder's own words. */
function Output({ problem }: { problem: Problem }) {
  const log = useLogStore();
  const lines = useLogLines(problem);
  const view = problem.vertex !== null && lines > 0 ? log.of([problem.vertex]) : null;
  const from = view ? Math.max(0, view.length - TAIL) : 0;
  if (!view && !problem.detail) return null;
  return (
    <pre className={styles.detail}>
      {view && from > 0 && (
        <span className={styles.more}>
          {formatCount(from, "line")} before{"\n"}
        </span>
      )}
      {view &&
        Array.from({ length: view.length - from }, (_, index) => view.line(from + index)).map(
          (line) =>
            line && (
              <Fragment key={line.number}>
                <ColouredLine text={line.text} find="" />
                {"\n"}
              </Fragment>
            ),
        )}
      {problem.detail && <span className={view ? styles.builder : undefined}>{problem.detail}</span>}
    </pre>
  );
}

function LogLink({ problem, onClick }: { problem: Problem; onClick(): void }) {
  if (useLogLines(problem) === 0) return null;
  return (
    <Button size="small" onClick={onClick}>
      Show it in the log
    </Button>
  );
}

function useLogLines(problem: Problem): number {
  return useDocument((state) =>
    problem.vertex === null ? 0 : (state.build?.state.vertices[problem.vertex]?.logLines ?? 0),
  );
}

/** The address comes from a build: nothing but a page may be opened by it. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}
