"use client";
/** The screen of those who may change the document: all of it is there from the start. */
import "@/components/commands";
import dynamic from "next/dynamic";
import { BuildPanel } from "@/components/build/build-panel";
import { CodeView } from "@/components/code/code-view";
import { LessonStrip } from "@/components/learn/lesson-strip";
import { OverlayHost } from "@/components/palette/overlay-host";
import { ContextDrop } from "@/components/start/context-drop";
import { Notes } from "@/components/ui/notes";
import { Header } from "./header";
import type { EditorParts } from "./parts";
import { Panes } from "./resizable-panes";

const CodePane = dynamic(() => import("@/components/code/code-pane").then((part) => part.CodePane), {
  ssr: false,
  loading: () => <CodeView />,
});

export const EDITING: EditorParts = {
  Header: () => (
    <>
      <Header />
      <LessonStrip />
    </>
  ),
  Panes,
  Code: CodePane,
  Build: BuildPanel,
  Overlays: () => (
    <>
      <OverlayHost />
      <Notes />
    </>
  ),
  Around: ContextDrop,
};
