"use client";
/** Which platform of a build for several the page tells of, with how far each of them is. */
import { Ban, CircleAlert, CircleCheck, CircleDashed, LoaderCircle } from "lucide-react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import type { StepStatus } from "@/lib/build/state";
import styles from "./platform-chooser.module.css";

const SIGNS: Readonly<Record<StepStatus, { word: string; Icon: typeof Ban }>> = {
  waiting: { word: "waiting", Icon: CircleDashed },
  running: { word: "running", Icon: LoaderCircle },
  done: { word: "done", Icon: CircleCheck },
  cached: { word: "cached", Icon: CircleCheck },
  failed: { word: "failed", Icon: CircleAlert },
  canceled: { word: "stopped", Icon: Ban },
};

export function PlatformChooser() {
  const store = useDocumentStore();
  const platforms = useDocument((state) => state.build?.platforms ?? null);
  if (!platforms) return null;
  return (
    <fieldset className={styles.platforms} data-testid="platforms">
      <legend className="visually-hidden">Platform whose steps, times and sizes are shown</legend>
      <span className={styles.label} aria-hidden="true">
        Shown for
      </span>
      {platforms.all.map(({ name, status }) => {
        const { word, Icon } = SIGNS[status];
        return (
          <label key={name} className={styles.platform} data-status={status}>
            <input
              type="radio"
              className="visually-hidden"
              name="platform"
              checked={name === platforms.shown}
              onChange={() => store.getState().showPlatform(name)}
            />
            <Icon size={13} aria-hidden="true" />
            {name}
            <span className={styles.word}>{word}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
