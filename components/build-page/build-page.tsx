"use client";
/** One build by itself: the graph and the text as they were built, and all that is known of it. */
import "@/components/commands";
import { Fragment, useEffect, useMemo, useState } from "react";
import { BuildPanel, TABS } from "@/components/build/build-panel";
import { OverviewTab } from "@/components/build/overview/overview-tab";
import { CodeView } from "@/components/code/code-view";
import { DocumentProvider } from "@/components/editor/document-context";
import { Editor } from "@/components/editor/editor";
import { EditorSkeleton } from "@/components/editor/editor-skeleton";
import type { EditorParts } from "@/components/editor/parts";
import { Panes } from "@/components/editor/resizable-panes";
import { OverlayHost } from "@/components/palette/overlay-host";
import type { DocumentReading } from "@/lib/share/reading";
import type { OpenDocument } from "@/lib/store/opened";
import { readBuild } from "@/lib/store/read-build";
import { BuildHeader } from "./build-header";

/** Files are their owner's to look into, the history and the build context the document's. */
const BUILD_TABS = [
  { id: "overview" as const, label: "Overview", Content: OverviewTab },
  ...TABS.filter(({ id }) => id !== "files" && id !== "history" && id !== "context"),
];

const PARTS: Omit<EditorParts, "Header" | "Build"> = {
  Panes,
  Code: CodeView,
  Overlays: OverlayHost,
  Around: Fragment,
  first: "build",
};

/** @param token of the link that one came by; null for whoever owns the document */
export function BuildPage(props: { token: string | null; build: string; reading: DocumentReading }) {
  const { token, build, reading } = props;
  const [document, setDocument] = useState<OpenDocument | null>(null);
  // Of an imported one nobody knows here whether it had a build context, so no command is told.
  const imported = reading.lastBuild?.imported ?? false;
  const parts = useMemo(
    () => ({
      ...PARTS,
      Header: () => <BuildHeader token={token} build={build} />,
      Build: () => <BuildPanel tabs={BUILD_TABS} command={!imported} />,
    }),
    [token, build, imported],
  );
  // The page is keyed by its build; what the server sends anew of the same one changes nothing that is open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const opened = readBuild(reading, token);
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
