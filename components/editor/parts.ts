/** What the screen is put together from, which differs by whether one may change the document. */
import type { ComponentType, ReactNode } from "react";

export interface EditorParts {
  Header: ComponentType;
  /** The three panes, each resizable. */
  Panes: ComponentType<{ canvas: ReactNode; code: ReactNode; build: ReactNode }>;
  Code: ComponentType;
  Build: ComponentType;
  /** What stands over the page for a moment. */
  Overlays: ComponentType;
  /** Around the page: what can be dropped on it. */
  Around: ComponentType<{ children: ReactNode }>;
  /** The pane that a narrow page begins with; the canvas where nothing is said. */
  first?: "canvas" | "code" | "build";
}
