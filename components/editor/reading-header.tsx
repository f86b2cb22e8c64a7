"use client";
import { ExportButton } from "@/components/export/export-button";
import { PaletteButton } from "@/components/palette/palette-button";
import { SharedBanner } from "@/components/share/shared-banner";
import { PlainLogo } from "@/components/ui/logo";
import { ThemeButton } from "@/components/ui/theme-button";
import { useDocument } from "./document-context";
import styles from "./editor.module.css";

/** Of a document that was shared. What it offers is loaded once it is asked for. */
export function ReadingHeader({ token }: { token: string }) {
  const title = useDocument((state) => state.title);
  return (
    <>
      <header className={styles.header} data-pane="">
        {/* Nothing of this page is of use on the next one: it is simply left. */}
        <PlainLogo />
        <h1 className={styles.title}>{title}</h1>
        <span className={styles.crumb} aria-hidden="true">
          / Dockerfile
        </span>
        <div className={styles.spacer} />
        <PaletteButton />
        <div className={styles.theme}>
          <ThemeButton />
        </div>
        <ExportButton />
      </header>
      <SharedBanner token={token} />
    </>
  );
}
