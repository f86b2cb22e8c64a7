"use client";
/** The one screen: canvas, text and build, each resizable; on a narrow one they become tabs. */
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { BuildPanel } from "@/components/build/build-panel";
import { CanvasStateProvider } from "@/components/canvas/canvas-state";
import { CodeView } from "@/components/code/code-view";
import { useCommandKeys } from "@/components/commands/use-commands";
import { OverlayHost } from "@/components/palette/overlay-host";
import { SharedBanner } from "@/components/share/shared-banner";
import { ContextDrop } from "@/components/start/context-drop";
import { cx } from "@/components/ui/cx";
import { useDocument } from "./document-context";
import styles from "./editor.module.css";
import { Header } from "./header";
import { useNarrow } from "./narrow";
import { usePanelSizes } from "./panel-sizes";

const Canvas = dynamic(() => import("@/components/canvas/canvas").then((part) => part.Canvas), {
  ssr: false,
  loading: () => <div className={styles.canvasLoading} />,
});
const CodePane = dynamic(() => import("@/components/code/code-pane").then((part) => part.CodePane), {
  ssr: false,
  loading: () => <CodeView />,
});

export function Editor({ token }: { token?: string }) {
  return (
    <CanvasStateProvider>
      <Screen token={token} />
    </CanvasStateProvider>
  );
}

function Screen({ token }: { token?: string }) {
  const title = useDocument((state) => state.title);
  const mayEdit = useDocument((state) => state.rights.edit);
  const narrow = useNarrow();
  useCommandKeys();
  useEffect(() => {
    document.title = `${title} · Stagecraft`;
  }, [title]);

  const code = mayEdit ? <CodePane /> : <CodeView />;
  const page = (
    <div className={styles.page}>
      <Header />
      {token && <SharedBanner token={token} />}
      {narrow ? (
        <Tabbed code={code} />
      ) : (
        <main className={styles.panes}>
          <Panes code={code} />
        </main>
      )}
      <OverlayHost />
    </div>
  );
  return mayEdit ? <ContextDrop>{page}</ContextDrop> : page;
}

function Panes({ code }: { code: React.ReactNode }) {
  const across = usePanelSizes("across");
  const down = usePanelSizes("down");
  return (
    <Group orientation="vertical" {...down}>
      <Panel id="top" minSize={160}>
        <Group orientation="horizontal" {...across}>
          <Panel id="canvas" minSize={280} defaultSize="66">
            <section className={styles.pane} aria-label="Stages" data-pane="">
              <Canvas />
            </section>
          </Panel>
          <Separator className={styles.separatorAcross} aria-label="Width of canvas and text" />
          <Panel id="code" minSize={240} defaultSize="34" collapsible collapsedSize={0}>
            <section className={styles.pane} aria-label="Dockerfile" data-pane="">
              {code}
            </section>
          </Panel>
        </Group>
      </Panel>
      <Separator className={styles.separatorDown} aria-label="Height of the build panel" />
      <Panel id="build" defaultSize="26" minSize={120} collapsible collapsedSize={38}>
        <section className={styles.pane} aria-label="Build" data-pane="">
          <BuildPanel />
        </section>
      </Panel>
    </Group>
  );
}

const TABS = [
  { id: "canvas", label: "Canvas" },
  { id: "code", label: "Dockerfile" },
  { id: "build", label: "Build" },
] as const;

function Tabbed({ code }: { code: React.ReactNode }) {
  const [tab, setTab] = useState<(typeof TABS)[number]["id"]>("canvas");
  return (
    <>
      <main className={styles.tabPane}>
        {tab === "canvas" && (
          <section className={styles.pane} aria-label="Stages" data-pane="">
            <Canvas />
          </section>
        )}
        {tab === "code" && (
          <section className={styles.pane} aria-label="Dockerfile" data-pane="">
            {code}
          </section>
        )}
        {tab === "build" && (
          <section className={styles.pane} aria-label="Build" data-pane="">
            <BuildPanel />
          </section>
        )}
      </main>
      <nav className={styles.tabs} aria-label="Panes" data-pane="">
        {TABS.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className={cx(styles.tab, tab === id && styles.tabOn)}
            aria-pressed={tab === id}
            onClick={() => setTab(id)}
          >
            {label}
          </button>
        ))}
      </nav>
    </>
  );
}
