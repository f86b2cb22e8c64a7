"use client";
/** Two versions of the Dockerfile over the whole page, to be looked at; Escape leads back to where one was. */
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useState } from "react";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { Trouble } from "@/components/start/trouble";
import ui from "@/components/ui/overlay.module.css";
import { Chooser } from "./chooser";
import styles from "./compare.module.css";
import { CompareView } from "./compare-view";
import { Sides } from "./sides";
import { useVersions } from "./use-versions";

export function CompareOverlay({ build, after }: { build: string | null; after?: string | undefined }) {
  const canvas = useCanvasStore();
  // What had the focus gets it back.
  const [from] = useState(() => document.activeElement);
  const versions = useVersions(build, after);
  const { keys, loaded, problem, retry } = versions;
  const close = () => canvas.getState().change({ overlay: null });
  return (
    <Radix.Root open onOpenChange={(open) => !open && close()}>
      <Radix.Portal>
        <Radix.Content
          className={styles.overlay}
          aria-describedby={undefined}
          data-testid="compare"
          onOpenAutoFocus={focusChoice}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (from instanceof HTMLElement) from.focus();
          }}
        >
          <header className={styles.header}>
            <Radix.Title className={styles.title}>Compare</Radix.Title>
            {keys.before !== null && <Sides versions={versions} />}
            <div className={styles.spacer} />
            {/* Without a tooltip: the first focus would open it, and it would take the first Escape. */}
            <Radix.Close
              className={ui.close}
              aria-label="Back to the editor"
              title="Back to the editor (Esc)"
            >
              <X size={17} />
            </Radix.Close>
          </header>
          {problem && (
            <div className={styles.problem}>
              <Trouble {...problem} onRetry={retry} />
            </div>
          )}
          {keys.before === null && <Chooser versions={versions} />}
          {keys.before !== null && !problem && loaded && <CompareView {...loaded} />}
          {keys.before !== null && !problem && !loaded && (
            <p className={styles.loading} role="status">
              Reading both versions…
            </p>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Whoever comes chooses first: with what to compare. */
function focusChoice(event: Event) {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  const first = currentTarget.querySelector<HTMLElement>("[data-choices] button, [data-choices] textarea");
  (first ?? currentTarget).focus();
}
