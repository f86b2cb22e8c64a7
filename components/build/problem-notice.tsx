"use client";
import { CircleAlert, X } from "lucide-react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { Button, IconButton } from "@/components/ui/button";
import styles from "./build-panel.module.css";

/** Why the last wish (build, stop, attach) was not granted; stays until it is read or another wish comes. */
export function ProblemNotice() {
  const store = useDocumentStore();
  const problem = useDocument((state) => state.buildProblem);
  if (!problem) return null;
  return (
    <div className={styles.notice} role="alert">
      <CircleAlert size={16} aria-hidden="true" />
      <div>
        <p>{problem.message}</p>
        {problem.hint && <p>{problem.hint}</p>}
        {problem.mayReplace && (
          <Button size="small" onClick={() => void store.getState().startBuild(true)}>
            Stop that one and build
          </Button>
        )}
      </div>
      <IconButton label="Dismiss" side="left" onClick={() => store.getState().clearBuildProblem()}>
        <X size={15} />
      </IconButton>
    </div>
  );
}
