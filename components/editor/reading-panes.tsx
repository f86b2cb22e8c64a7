"use client";
/**
 * The panes of a page that only shows: they stand where they will, and can be resized once that is loaded. What is in
 * them then moves over as it is: nothing is drawn anew.
 */
import dynamic from "next/dynamic";
import { type ComponentProps, type ReactNode, useCallback, useState } from "react";
import { createPortal } from "react-dom";
import { useCanvasState } from "@/components/canvas/canvas-state";
import styles from "./editor.module.css";
import { DEFAULT_SIZES, usePanelSizes } from "./panel-sizes";
import type { EditorParts } from "./parts";

type Contents = ComponentProps<EditorParts["Panes"]>;

const Panes = dynamic(() => import("./resizable-panes").then((part) => part.Panes), { ssr: false });

export function ReadingPanes({ canvas, code, build }: Contents) {
  const drawn = useCanvasState((s) => s.drawn);
  const [loaded, setLoaded] = useState(false);
  const onCanvas = useHeld(canvas);
  const onCode = useHeld(code);
  const onBuild = useHeld(build);
  const contents = { canvas: onCanvas.place, code: onCode.place, build: onBuild.place };
  if (drawn && !loaded) void import("./resizable-panes").then(() => setLoaded(true));
  return (
    <>
      {loaded ? <Panes {...contents} /> : <FixedPanes {...contents} />}
      {onCanvas.content}
      {onCode.content}
      {onBuild.content}
    </>
  );
}

/** Content in an element of its own, which is moved to where its place is drawn. */
function useHeld(content: ReactNode): { place: ReactNode; content: ReactNode } {
  const [held] = useState(() => {
    const element = document.createElement("div");
    element.className = styles.held!;
    return element;
  });
  const take = useCallback((place: HTMLElement | null) => void place?.append(held), [held]);
  return { place: <div ref={take} className={styles.held} />, content: createPortal(content, held) };
}

function FixedPanes({ canvas, code, build }: Contents) {
  const across = { ...DEFAULT_SIZES.across, ...usePanelSizes("across").defaultLayout };
  const down = { ...DEFAULT_SIZES.down, ...usePanelSizes("down").defaultLayout };
  return (
    <div className={styles.fixedDown}>
      <div className={styles.fixedAcross} style={{ flexGrow: down.top }}>
        <div style={{ flexGrow: across.canvas }}>{canvas}</div>
        <div className={styles.separatorAcross} />
        <div style={{ flexGrow: across.code }}>{code}</div>
      </div>
      <div className={styles.separatorDown} />
      <div style={{ flexGrow: down.build }}>{build}</div>
    </div>
  );
}
