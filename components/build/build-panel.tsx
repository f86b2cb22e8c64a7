"use client";
/** The build at the bottom of the screen: when, what it said, what it weighs, what went wrong, and what went in. */
import { Tabs } from "radix-ui";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import type { DocumentStore } from "@/lib/store/types";
import styles from "./build-panel.module.css";
import { CommandLine } from "./command-line";
import { ContextTab } from "./context/context-tab";
import { FilesTab } from "./files/files-tab";
import { HistoryTab } from "./history/history-tab";
import { HostSelect, useHostChoice } from "./host-select";
import { LogsTab } from "./logs/logs-tab";
import { PlatformChooser } from "./platform-chooser";
import { ProblemNotice } from "./problem-notice";
import { ProblemsTab } from "./problems/problems-tab";
import { useProblems } from "./problems/use-problems";
import { SizesTab } from "./sizes/sizes-tab";
import { TimelineTab } from "./timeline/timeline-tab";

type PanelId = DocumentStore["panel"];

interface Tab {
  id: PanelId;
  label: string;
  Content: React.ComponentType;
}

export const TABS: readonly Tab[] = [
  { id: "timeline", label: "Timeline", Content: TimelineTab },
  { id: "logs", label: "Logs", Content: LogsTab },
  { id: "sizes", label: "Sizes", Content: SizesTab },
  { id: "files", label: "Files", Content: FilesTab },
  { id: "problems", label: "Problems", Content: ProblemsTab },
  { id: "history", label: "History", Content: HistoryTab },
  { id: "context", label: "Context", Content: ContextTab },
];

/** @param props.command whether the command is told that builds the same in a terminal */
export function BuildPanel(props: { tabs?: readonly Tab[]; command?: boolean }) {
  const { tabs = TABS, command = true } = props;
  const store = useDocumentStore();
  const panel = useDocument((state) => state.panel);
  const choice = useHostChoice();
  return (
    <Tabs.Root
      className={styles.panel}
      value={panel}
      onValueChange={(value) => store.getState().setPanel(value as PanelId)}
    >
      <div className={styles.head}>
        <Tabs.List className={styles.tabs} aria-label="Build">
          {tabs.map(({ id, label }) => (
            <Tabs.Trigger key={id} value={id} className={styles.tab} data-panel={id}>
              {label}
              {id === "problems" && <ProblemCount />}
              {id === "history" && <BuildCount />}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {choice && (
          <span className={styles.host}>
            Build on <HostSelect className={styles.hostSelect} />
          </span>
        )}
        {command && <CommandLine />}
      </div>
      <ProblemNotice />
      <PlatformChooser />
      {tabs.map(({ id, Content }) => (
        <Tabs.Content key={id} value={id} className={styles.content} tabIndex={-1}>
          <Content />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

function ProblemCount() {
  const problems = useProblems();
  const [worst] = problems;
  return worst ? <span className={cx(styles.count, styles[worst.severity])}>{problems.length}</span> : null;
}

function BuildCount() {
  const builds = useDocument((state) => state.history.length);
  return builds > 0 ? <span className={styles.count}>{builds}</span> : null;
}
