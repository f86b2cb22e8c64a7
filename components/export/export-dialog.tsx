"use client";
/** Everything the document can leave as: a picture, a diagram in text, and files that build it. */
import { Tabs } from "radix-ui";
import { useState } from "react";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { useDocument } from "@/components/editor/document-context";
import { Dialog } from "@/components/ui/dialog";
import styles from "./export.module.css";
import { TEXT_KINDS } from "./kinds";
import { PictureExport } from "./picture-export";
import { TextExport } from "./text-export";

const PICTURES = [
  { id: "png", label: "PNG" },
  { id: "svg", label: "SVG" },
] as const;

export function ExportDialog() {
  const canvas = useCanvasStore();
  const broken = useDocument((s) => s.graph.stale);
  const [tab, setTab] = useState("png");
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && canvas.getState().change({ overlay: null })}
      title="Export"
    >
      {broken && (
        <p className={styles.stale}>
          The text does not parse: pictures and diagrams show it as it last did, and build files may miss a
          stage.
        </p>
      )}
      <Tabs.Root className={styles.tabs} orientation="vertical" value={tab} onValueChange={setTab}>
        <Tabs.List className={styles.list} aria-label="Kinds of export">
          {[...PICTURES, ...TEXT_KINDS].map(({ id, label }) => (
            <Tabs.Trigger key={id} value={id} className={styles.tab} data-testid={`export-${id}`}>
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {PICTURES.map(({ id }) => (
          <Tabs.Content key={id} value={id} className={styles.content}>
            <PictureExport format={id} />
          </Tabs.Content>
        ))}
        {TEXT_KINDS.map((kind) => (
          <Tabs.Content key={kind.id} value={kind.id} className={styles.content}>
            <TextExport kind={kind} />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Dialog>
  );
}
