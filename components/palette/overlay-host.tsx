"use client";
/** What stands over the page for a moment, loaded when it is first asked for. */
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { useCanvasState } from "@/components/canvas/canvas-state";

const loadPalette = () => import("./palette");
const Palette = dynamic(() => loadPalette().then((part) => part.Palette), { ssr: false });
const KeyOverview = dynamic(() => import("./key-overview").then((part) => part.KeyOverview), { ssr: false });
const ConnectPicker = dynamic(() => import("./connect-picker").then((part) => part.ConnectPicker), {
  ssr: false,
});
const ExportDialog = dynamic(
  () => import("@/components/export/export-dialog").then((part) => part.ExportDialog),
  { ssr: false },
);
const CompareOverlay = dynamic(
  () => import("@/components/compare/compare-overlay").then((part) => part.CompareOverlay),
  { ssr: false },
);
const OptionsSheet = dynamic(
  () => import("@/components/build/options/options-sheet").then((part) => part.OptionsSheet),
  { ssr: false },
);
const TemplateDialog = dynamic(
  () => import("@/components/start/template-dialog").then((part) => part.TemplateDialog),
  { ssr: false },
);
const LessonDialog = dynamic(
  () => import("@/components/learn/lesson-dialog").then((part) => part.LessonDialog),
  { ssr: false },
);
const PasteDialog = dynamic(
  () => import("@/components/start/paste-dialog").then((part) => part.PasteDialog),
  {
    ssr: false,
  },
);

export function OverlayHost() {
  const overlay = useCanvasState((s) => s.overlay);
  // Whoever opens it types at once: it is fetched while nothing else is to be done.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), 3000);
    return () => clearTimeout(timer);
  }, []);
  switch (overlay?.kind) {
    case "palette":
      return <Palette from={overlay.from} />;
    case "keys":
      return <KeyOverview />;
    case "connect":
      return <ConnectPicker key={overlay.source} source={overlay.source} />;
    case "options":
      return <OptionsSheet />;
    case "export":
      return <ExportDialog />;
    case "compare":
      return <CompareOverlay build={overlay.build} after={overlay.after} />;
    case "templates":
      return <TemplateDialog />;
    case "lessons":
      return <LessonDialog />;
    case "paste":
      return <PasteDialog />;
    default:
      return null;
  }
}
