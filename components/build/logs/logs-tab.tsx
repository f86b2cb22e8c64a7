"use client";
import { ArrowDownToLine } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { useDocument, useLogStore } from "@/components/editor/document-context";
import { formatCount } from "@/lib/build/format";
import { Empty } from "../empty";
import { FailureBar } from "./failure-bar";
import { LogLines, type LogLinesHandle } from "./log-lines";
import { LogToolbar } from "./log-toolbar";
import styles from "./logs.module.css";
import { useLogVersion, useLogView, useMatches } from "./use-log";

/** What the steps wrote, of one stage or of all in the order in which it came. */
export function LogsTab() {
  const log = useLogStore();
  const version = useLogVersion(log);
  const view = useLogView();
  const hasBuild = useDocument((state) => state.build !== null);
  const [following, setFollowing] = useState(true);
  const [words, setWords] = useState("");
  const matches = useMatches(view, words);
  const [current, setCurrent] = useState<number | null>(null);
  const lines = useRef<LogLinesHandle>(null);

  const goTo = useCallback(
    (number: number) => {
      setCurrent(number);
      lines.current?.toLine(view.indexOf(number));
    },
    [view],
  );

  if (!hasBuild) {
    return (
      <Empty title="No log yet">
        <p>
          While a build runs, everything its steps write appears here as it comes: of one stage, or of all of
          them together with the stage and line in front.
        </p>
      </Empty>
    );
  }
  const missing = log.dropped();
  return (
    <div className={styles.logs} data-testid="log-view" data-lines={view.length} data-following={following}>
      <LogToolbar
        view={view}
        words={words}
        onWords={(next) => {
          setWords(next);
          setCurrent(null);
        }}
        matches={matches}
        current={current}
        onCurrent={goTo}
      />
      {missing > 0 && (
        <p className={styles.missing} role="note">
          {formatCount(missing, "older line")} left this page to save memory: it keeps the last{" "}
          {log.limits.maxLines.toLocaleString("en-US")}. The stored log is whole.
        </p>
      )}
      <div className={styles.body}>
        {view.length === 0 ? (
          <NoLines />
        ) : (
          <LogLines
            view={view}
            version={version}
            widest={log.widest()}
            following={following}
            onFollowing={setFollowing}
            current={current}
            find={words.trim().toLowerCase()}
            handle={lines}
          />
        )}
        {!following && view.length > 0 && (
          <button type="button" className={styles.jump} onClick={() => lines.current?.toEnd()}>
            <ArrowDownToLine size={14} aria-hidden="true" /> Jump to the end
          </button>
        )}
      </div>
      <FailureBar onShow={goTo} />
    </div>
  );
}

function NoLines() {
  const over = useDocument((state) => (state.build?.state.endedAt ?? null) !== null);
  const one = useDocument((state) => state.logStage !== null);
  const whose = one ? "This stage" : "The build";
  return (
    <Empty title={over ? `${whose} wrote nothing` : "Nothing written yet"}>
      <p>
        {over
          ? "Only RUN and ADD steps that really ran write a log; what comes from the cache is silent."
          : "Lines appear as soon as a step writes one."}
      </p>
    </Empty>
  );
}
