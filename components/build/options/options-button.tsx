"use client";
import { SlidersHorizontal } from "lucide-react";
import { useCanvasState, useCanvasStore } from "@/components/canvas/canvas-state";
import { useKeyHint } from "@/components/commands/key-hint";
import { IconButton } from "@/components/ui/button";
import styles from "./options.module.css";

/** Beside Build: all that a build can be asked for. */
export function OptionsButton() {
  const canvas = useCanvasStore();
  const open = useCanvasState((state) => state.overlay?.kind === "options");
  return (
    <IconButton
      label="Build options"
      shortcut={useKeyHint("build.options")}
      className={styles.open}
      aria-expanded={open}
      data-testid="options-button"
      onClick={() => canvas.getState().change({ overlay: open ? null : { kind: "options" } })}
    >
      <SlidersHorizontal size={16} />
    </IconButton>
  );
}
