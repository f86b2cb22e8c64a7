"use client";
/** One build by itself: the graph and the text as they were built, and all that is known of it. */
import "@/components/commands";
import { Fragment, useEffect, useMemo, useState } from "react";
import { BuildPanel, TABS } from "@/components/build/build-panel";
import { HistoryTab } from "@/components/build/history/history-tab";
import { OverviewTab } from "@/components/build/overview/overview-tab";
import { CodeView } from "@/components/code/code-view";
import { DocumentProvider } from "@/components/editor/document-context";
import { Editor } from "@/components/editor/editor";
import { EditorSkeleton } from "@/components/editor/editor-skeleton";
import type { EditorParts } from "@/components/editor/parts";
import { Panes } from "@/components/editor/resizable-panes";
import { OverlayHost } from "@/components/palette/overlay-host";
import { getBuildContext } from "@/lib/share/client";
import type { DocumentReading } from "@/lib/share/reading";
import type { OpenDocument } from "@/lib/store/opened";
import { readBuild } from "@/lib/store/read-build";
import { BuildHeader } from "./build-header";

/** Files and the build context are their owner's to look into. */
function tabsFor({ own, mayLook, context }: { own: boolean; mayLook: boolean; context: boolean }) {
  const shown = TABS.filter(
    ({ id }) => (id !== "files" || mayLook) && (id !== "context" || (own && context)),
  ).map((tab) => (tab.id === "history" ? { ...tab, Content: OtherBuilds } : tab));
  return [{ id: "overview" as const, label: "Overview", Content: OverviewTab }, ...shown];
}

/** Each on a page of its own, as this one. */
const OtherBuilds = () => <HistoryTab asPages />;

const PARTS: Omit<EditorParts, "Header" | "Build"> = {
  Panes,
  Code: CodeView,
  Overlays: OverlayHost,
  Around: Fragment,
  first: "build",
};

interface Props {
  /** Of the link that one came by; null for whoever owns the document. */
  token: string | null;
  build: string;
  reading: DocumentReading;
  /** May have the host read what built stages hold. */
  mayLook: boolean;
}

export function BuildPage({ token, build, reading, mayLook }: Props) {
  const [document, setDocument] = useState<OpenDocument | null>(null);
  // Of an imported one nobody knows here whether it had a build context, so no command is told.
  const imported = reading.lastBuild?.imported ?? false;
  const parts = useMemo(() => {
    const own = token === null;
    const tabs = tabsFor({ own, mayLook: mayLook && !imported, context: reading.context !== null });
    return {
      ...PARTS,
      Header: () => <BuildHeader token={token} build={build} />,
      Build: () => <BuildPanel tabs={tabs} command={!imported} />,
    };
  }, [token, build, imported, mayLook, reading.context]);
  // The page is keyed by its build; what the server sends anew of the same one changes nothing that is open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const opened = readBuild(
      reading,
      token ?? { mayLook, listContext: (signal) => getBuildContext(build, signal) },
    );
    setDocument(opened);
    return opened.start();
  }, [token, build]);
  if (!document) return <EditorSkeleton />;
  return (
    <DocumentProvider document={document}>
      <Editor parts={parts} />
    </DocumentProvider>
  );
}
