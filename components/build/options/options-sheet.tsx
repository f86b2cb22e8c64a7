"use client";
/** All options of a build beside the canvas, which shows at once what they come to. */
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { Button } from "@/components/ui/button";
import overlay from "@/components/ui/overlay.module.css";
import { buildOptionsSchema } from "@/lib/build/options";
import { BuildButton } from "../build-button";
import { CommandLine } from "../command-line";
import { ArgumentFields } from "./argument-fields";
import { CacheFields } from "./cache-fields";
import { ContextFields } from "./context-fields";
import styles from "./options.module.css";
import { ResultFields } from "./result-fields";
import { RunFields } from "./run-fields";
import { SecretFields } from "./secret-fields";
import { SshFields } from "./ssh-fields";
import { TargetFields } from "./target-fields";
import { useOptions } from "./use-options";

const DEFAULTS = buildOptionsSchema.parse({});

export function OptionsSheet() {
  const canvas = useCanvasStore();
  const [options, change] = useOptions();
  const untouched = JSON.stringify({ ...DEFAULTS, ...options }) === JSON.stringify(DEFAULTS);
  return (
    <Dialog.Root
      open
      modal={false}
      onOpenChange={(open) => !open && canvas.getState().change({ overlay: null })}
    >
      <Dialog.Portal>
        <Dialog.Content
          className={styles.sheet}
          aria-describedby={undefined}
          data-testid="build-options"
          // The canvas is to be worked with while it is open.
          onInteractOutside={(event) => event.preventDefault()}
        >
          <header className={styles.head}>
            <Dialog.Title className={styles.title}>Build options</Dialog.Title>
            <Button size="small" variant="quiet" disabled={untouched} onClick={() => change(DEFAULTS)}>
              Reset
            </Button>
            <Dialog.Close className={overlay.close} aria-label="Close the build options">
              <X size={17} />
            </Dialog.Close>
          </header>
          <div className={styles.body}>
            <TargetFields />
            <ArgumentFields />
            <SecretFields />
            <SshFields />
            <CacheFields />
            <ResultFields />
            <RunFields />
            <ContextFields />
          </div>
          <footer className={styles.foot}>
            <CommandLine />
            <BuildButton />
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
