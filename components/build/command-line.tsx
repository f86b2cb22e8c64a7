"use client";
import { useMemo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { buildCommand, type NamedStage } from "@/lib/build/command";
import styles from "./build-panel.module.css";
import { CopyButton } from "./copy-button";

const NO_STAGES: readonly NamedStage[] = [];

/** The command that does the same in a terminal. */
export function CommandLine() {
  const options = useDocument((state) => state.options);
  // Without a target no stage is named: what is typed does not concern it then.
  const stages = useDocument((state) => (state.options.target === null ? NO_STAGES : state.tree.stages));
  const attached = useDocument((state) => state.context !== null);
  const secrets = useDocument((state) => state.secrets);
  const sshKeys = useDocument((state) => state.sshKeys);
  const command = useMemo(
    () =>
      buildCommand({ ...options, secrets: [...secrets.keys()], ssh: [...sshKeys.keys()] }, stages, attached),
    [options, stages, attached, secrets, sshKeys],
  );
  if (command === null) {
    return (
      <div className={styles.command} data-testid="build-command">
        <span>The docker command asks for stages by name: name the target to see its command.</span>
      </div>
    );
  }
  return (
    <div className={styles.command} data-testid="build-command">
      <code title={command}>{command}</code>
      <CopyButton label="Copy the command" text={() => command} />
    </div>
  );
}
