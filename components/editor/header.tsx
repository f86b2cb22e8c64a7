"use client";
import { Redo2, Undo2 } from "lucide-react";
import { BuildButton } from "@/components/build/build-button";
import { HostPill } from "@/components/build/host-pill";
import { OptionsButton } from "@/components/build/options/options-button";
import { TargetMenu } from "@/components/build/target-menu";
import { useKeyHint } from "@/components/commands/key-hint";
import { ExportButton } from "@/components/export/export-button";
import { PaletteButton } from "@/components/palette/palette-button";
import { ShareButton } from "@/components/share/share-button";
import { IconButton } from "@/components/ui/button";
import { Logo } from "@/components/ui/logo-link";
import { ThemeButton } from "@/components/ui/theme-button";
import { useDocument, useDocumentStore } from "./document-context";
import styles from "./editor.module.css";
import { SavePill } from "./save-pill";
import { Title } from "./title";

/** Of a document of one's own. Who only reads one sees ./reading-header. */
export function Header() {
  const mayShare = useDocument((state) => state.rights.share);
  const canUndo = useDocument((state) => state.canUndo);
  const canRedo = useDocument((state) => state.canRedo);
  const store = useDocumentStore();
  const undoKey = useKeyHint("document.undo");
  const redoKey = useKeyHint("document.redo");
  return (
    <header className={styles.header} data-pane="">
      <Logo />
      <Title />
      <span className={styles.crumb} aria-hidden="true">
        / Dockerfile
      </span>
      <SavePill />
      <div className={styles.history}>
        <IconButton
          label="Undo"
          shortcut={undoKey}
          disabled={!canUndo}
          onClick={() => store.getState().undo()}
        >
          <Undo2 size={16} />
        </IconButton>
        <IconButton
          label="Redo"
          shortcut={redoKey}
          disabled={!canRedo}
          onClick={() => store.getState().redo()}
        >
          <Redo2 size={16} />
        </IconButton>
      </div>
      <div className={styles.spacer} />
      <PaletteButton />
      <div className={styles.theme}>
        <ThemeButton />
      </div>
      <HostPill />
      <TargetMenu />
      <OptionsButton />
      <ExportButton />
      {mayShare && <ShareButton />}
      <BuildButton />
    </header>
  );
}
