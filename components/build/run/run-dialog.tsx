"use client";
/** Starts a container from what was built, to see that it works: its output, how it ended. */
import { Play, Square } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Dialog } from "@/components/ui/dialog";
import { formatBytes, formatDuration } from "@/lib/build/format";
import { RUN_LIMITS } from "@/lib/build/run";
import { ColouredLine } from "../logs/coloured-line";
import styles from "./run.module.css";
import { type RunState, useRun } from "./use-run";

export function RunButton({ build }: { build: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        <Play size={13} aria-hidden="true" /> Run it
      </Button>
      <Dialog
        wide
        open={open}
        onOpenChange={setOpen}
        title="Run what was built"
        description={`In a container on the build host, without a network, with ${formatBytes(RUN_LIMITS.memoryBytes)} of memory and one processor, for ${RUN_LIMITS.seconds} s at most. It is taken away afterwards.`}
      >
        <Run build={build} />
      </Dialog>
    </>
  );
}

function Run({ build }: { build: string }) {
  const { state, start, stop } = useRun(build);
  const [command, setCommand] = useState("");
  const field = useId();
  const busy = state.status === "starting" || state.status === "running";
  return (
    <form
      className={styles.run}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void start(command.trim() || null);
      }}
    >
      <div className={styles.line}>
        <label htmlFor={field}>Command</label>
        <input
          id={field}
          className={styles.command}
          value={command}
          onChange={(event) => setCommand(event.target.value)}
          placeholder="as the image has it"
          autoComplete="off"
          spellCheck={false}
          disabled={busy}
        />
        {busy ? (
          // Keys: a Stop that turns into Run under the pointer would send the form by the very click that stopped it.
          <Button key="stop" variant="danger" onClick={stop}>
            <Square size={13} aria-hidden="true" /> Stop
          </Button>
        ) : (
          <Button key="run" variant="primary" type="submit">
            <Play size={13} aria-hidden="true" /> Run
          </Button>
        )}
      </div>
      {state.status !== "idle" && <Output state={state} />}
      <p className={styles.end} role="status" data-testid="run-end">
        {endInWords(state)}
      </p>
      {state.problem && (
        <p className={styles.problem} role="alert">
          {state.problem.message} {state.problem.hint}
        </p>
      )}
    </form>
  );
}

function Output({ state }: { state: RunState }) {
  const lines = state.output.flatMap(({ stream, text }) =>
    text
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => ({ stream, line })),
  );
  const shown = lines.slice(-MOST_LINES);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <pre className={styles.output} tabIndex={0} role="log" aria-label="Output" data-testid="run-output">
      {state.command.length > 0 && (
        <span className={styles.started}>
          $ {state.command.join(" ")}
          {"\n"}
        </span>
      )}
      {lines.length > shown.length && `… ${lines.length - shown.length} lines before\n`}
      {shown.map(({ stream, line }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
        <span key={index} className={cx(stream === 2 && styles.error)}>
          <ColouredLine text={line} find="" />
          {"\n"}
        </span>
      ))}
    </pre>
  );
}

/** More than anybody reads here; the whole is bounded by the server. */
const MOST_LINES = 2_000;

function endInWords({ status, ended }: RunState): string {
  if (status === "starting") return "Starting…";
  if (status === "running") return "Running…";
  if (!ended) return "";
  const after = ` after ${formatDuration(ended.milliseconds)}`;
  const cut = ended.cut > 0 ? ` ${formatBytes(ended.cut)} more of output were not kept.` : "";
  switch (ended.reason) {
    case "exited":
      return `Ended with exit code ${ended.exitCode}${after}.${cut}`;
    case "timeout":
      return `Stopped: it ran for ${RUN_LIMITS.seconds} s, which is as long as it may.${cut}`;
    case "memory":
      return `Ended${after}: it wanted more than ${formatBytes(RUN_LIMITS.memoryBytes)} of memory.${cut}`;
    case "stopped":
      return `Stopped${after}.${cut}`;
  }
}
