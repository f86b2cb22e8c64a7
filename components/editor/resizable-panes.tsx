"use client";
import type { ReactNode } from "react";
import { Group, Panel, Separator, usePanelRef } from "react-resizable-panels";
import styles from "./editor.module.css";
import { usePanelAsked } from "./panel-asked";
import { DEFAULT_SIZES, usePanelSizes } from "./panel-sizes";

/** Canvas, text and build, each resizable. */
export function Panes({ canvas, code, build }: { canvas: ReactNode; code: ReactNode; build: ReactNode }) {
  const across = usePanelSizes("across");
  const down = usePanelSizes("down");
  const panel = usePanelRef();
  usePanelAsked(() => {
    if (panel.current?.isCollapsed()) panel.current.resize(`${DEFAULT_SIZES.down.build}`);
  });
  return (
    <Group orientation="vertical" {...down}>
      <Panel id="top" minSize={160}>
        <Group orientation="horizontal" {...across}>
          <Panel id="canvas" minSize={280} defaultSize={`${DEFAULT_SIZES.across.canvas}`}>
            {canvas}
          </Panel>
          <Separator className={styles.separatorAcross} aria-label="Width of canvas and text" />
          <Panel
            id="code"
            minSize={240}
            defaultSize={`${DEFAULT_SIZES.across.code}`}
            collapsible
            collapsedSize={0}
          >
            {code}
          </Panel>
        </Group>
      </Panel>
      <Separator className={styles.separatorDown} aria-label="Height of the build panel" />
      <Panel
        id="build"
        panelRef={panel}
        defaultSize={`${DEFAULT_SIZES.down.build}`}
        minSize={120}
        collapsible
        collapsedSize={38}
      >
        {build}
      </Panel>
    </Group>
  );
}
