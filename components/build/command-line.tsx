"use client";
import { useDocument } from "@/components/editor/document-context";
import { buildCommand } from "@/lib/build/command";
import styles from "./build-panel.module.css";
import { CopyButton } from "./copy-button";

/** The command that does the same in a terminal. */
export function CommandLine() {
  const command = useDocument(({ options, context, tree, secrets, sshKeys }) =>
    buildCommand(
      { ...options, secrets: [...secrets.keys()], ssh: [...sshKeys.keys()] },
      tree.stages,
      context !== null,
    ),
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
