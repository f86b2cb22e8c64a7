"use client";
import { Command } from "lucide-react";
import { useKeyLabel } from "@/components/commands/key-hint";
import { PALETTE_KEY } from "@/components/commands/keys";
import { useCommands } from "@/components/commands/use-commands";
import { Button } from "@/components/ui/button";
import styles from "./palette.module.css";

/** Opens the palette, and says by which key it opens too. */
export function PaletteButton() {
  const { run } = useCommands();
  const keys = useKeyLabel(PALETTE_KEY);
  return (
    <Button
      className={styles.opener}
      onClick={() => run("palette.open")}
      aria-label="Find a command or a place"
      title={`Find a command or a place${keys ? ` (${keys})` : ""}`}
      data-testid="palette-button"
    >
      <Command size={15} aria-hidden="true" />
      <span className={styles.openerWord}>Commands</span>
      {keys && <kbd>{keys}</kbd>}
    </Button>
  );
}
