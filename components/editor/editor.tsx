"use client";
/** The one screen: canvas, text and build, each resizable; on a narrow one they become tabs. */
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useState } from "react";
import { CanvasStateProvider, useCanvasState } from "@/components/canvas/canvas-state";
import { loadCommands } from "@/components/commands/registry";
import { useCommandKeys } from "@/components/commands/use-commands";
import { TabBar } from "@/components/ui/tab-bar";
import { useDocument } from "./document-context";
import styles from "./editor.module.css";
import { useNarrow } from "./narrow";
import { usePanelAsked } from "./panel-asked";
import type { EditorParts } from "./parts";

const Canvas = dynamic(() => import("@/components/canvas/canvas").then((part) => part.Canvas), {
  ssr: false,
  loading: () => <div className={styles.canvasLoading} />,
});

interface Props {
  parts: EditorParts;
  /** What begins once the canvas has been drawn whole; gives back what ends it. */
  onDrawn?(): () => void;
}

export function Editor(props: Props) {
  return (
    <CanvasStateProvider>
      <Screen {...props} />
    </CanvasStateProvider>
  );
}

function Screen({ parts, onDrawn }: Props) {
  const { Header, Panes, Code, Build, Overlays, Around, first } = parts;
  const title = useDocument((state) => state.title);
  const narrow = useNarrow();
  const drawn = useCanvasState((s) => s.drawn);
  useCommandKeys();
  useEffect(() => {
    if (!drawn) return;
    void loadCommands();
    return onDrawn?.();
  }, [drawn, onDrawn]);
  useEffect(() => {
    document.title = `${title} · Stagecraft`;
  }, [title]);

  const contents = {
    canvas: (
      <Pane label="Stages">
        <Canvas />
      </Pane>
    ),
    code: (
      <Pane label="Dockerfile">
        <Code />
      </Pane>
    ),
    build: (
      <Pane label="Build">
        <Build />
      </Pane>
    ),
  };
  return (
    <Around>
      <div className={styles.page}>
        <Header />
        {narrow ? (
          <Tabbed contents={contents} first={first} />
        ) : (
          <main className={styles.panes}>
            <Panes {...contents} />
          </main>
        )}
        <Overlays />
      </div>
    </Around>
  );
}

function Pane({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className={styles.pane} aria-label={label} data-pane="">
      {children}
    </section>
  );
}

const TABS = [
  { id: "canvas", label: "Canvas" },
  { id: "code", label: "Dockerfile" },
  { id: "build", label: "Build" },
] as const;

type PaneId = (typeof TABS)[number]["id"];

function Tabbed({ contents, first }: { contents: Record<PaneId, ReactNode>; first: PaneId | undefined }) {
  const [tab, setTab] = useState<PaneId>(first ?? "canvas");
  usePanelAsked(() => setTab("build"));
  return (
    <>
      <main key={tab} className={styles.tabPane}>
        {contents[tab]}
      </main>
      <TabBar label="Panes" tabs={TABS} tab={tab} onTab={setTab} pane />
    </>
  );
}
