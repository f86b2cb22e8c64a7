"use client";
/** The screen of those who may change the document: all of it is there from the start. */
import "@/components/commands";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { BuildPanel } from "@/components/build/build-panel";
import { useCanvasState } from "@/components/canvas/canvas-state";
import { CodeView } from "@/components/code/code-view";
import { LessonStrip } from "@/components/learn/lesson-strip";
import { OverlayHost } from "@/components/palette/overlay-host";
import { ContextDrop } from "@/components/start/context-drop";
import { Notes } from "@/components/ui/notes";
import styles from "./editor.module.css";
import { Header } from "./header";
import { useNarrow } from "./narrow";
import type { EditorParts } from "./parts";
import { Panes } from "./resizable-panes";

const CodePane = dynamic(() => import("@/components/code/code-pane").then((part) => part.CodePane), {
  ssr: false,
  loading: () => <CodeView />,
});

/** Milliseconds after which the text does not wait for the canvas any longer. */
const AT_MOST = 2_000;

/**
 * The editor comes once the canvas is drawn: both at once would have each wait for the other. Until then the text can be
 * read, and a press on it brings the editor.
 */
function Code() {
  const narrow = useNarrow();
  const drawn = useCanvasState((s) => s.drawn);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), AT_MOST);
    return () => clearTimeout(timer);
  }, []);
  if (narrow || drawn || wanted) return <CodePane />;
  const want = () => setWanted(true);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what stands in it is the control, and keeps its own keys
    <div className={styles.codeWaiting} onPointerDown={want} onFocus={want}>
      <CodeView />
    </div>
  );
}

export const EDITING: EditorParts = {
  Header: () => (
    <>
      <Header />
      <LessonStrip />
    </>
  ),
  Panes,
  Code,
  Build: BuildPanel,
  Overlays: () => (
    <>
      <OverlayHost />
      <Notes />
    </>
  ),
  Around: ContextDrop,
};
