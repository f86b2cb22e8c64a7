/** How the canvas is looked at. */
import { focusNextPane } from "@/components/editor/panes";
import { chooseTheme, themeNow } from "@/components/ui/theme";
import type { Command, CommandContext } from "./types";

const onScreen = ({ canvas }: CommandContext): true | string =>
  canvas.view !== null || "The canvas is not on screen.";

const otherTheme = () => (themeNow() === "dark" ? "light" : "dark");

export const viewCommands: readonly Command[] = [
  {
    id: "view.tidy",
    title: "Tidy: lay out all cards anew",
    group: "View",
    keys: ["Shift+T"],
    words: "layout arrange",
    available: (context) =>
      onScreen(context) === true
        ? context.document.graph.stages.length > 0 || "There is no stage yet."
        : onScreen(context),
    perform: ({ canvas }) => canvas.view?.tidy(),
  },
  {
    id: "view.fit",
    title: "Fit all in view",
    group: "View",
    keys: ["0"],
    words: "zoom",
    available: onScreen,
    perform: ({ canvas }) => canvas.view?.fit(),
  },
  {
    id: "view.zoomIn",
    title: "Zoom in",
    group: "View",
    keys: ["+", "="],
    available: onScreen,
    perform: ({ canvas }) => canvas.view?.zoomIn(),
  },
  {
    id: "view.zoomOut",
    title: "Zoom out",
    group: "View",
    keys: ["-"],
    available: onScreen,
    perform: ({ canvas }) => canvas.view?.zoomOut(),
  },
  {
    id: "view.map",
    title: ({ canvas }) => (canvas.minimap ? "Hide the map" : "Show the map"),
    group: "View",
    keys: ["M"],
    words: "minimap overview",
    available: onScreen,
    perform: ({ canvas }) => canvas.change({ minimap: !canvas.minimap }),
  },
  {
    id: "view.list",
    title: ({ canvas }) => (canvas.shownAs === "graph" ? "Show the graph as a list" : "Show the graph"),
    group: "View",
    keys: ["L"],
    words: "outline screen reader",
    available: onScreen,
    perform: ({ canvas }) => canvas.change({ shownAs: canvas.shownAs === "graph" ? "list" : "graph" }),
  },
  {
    id: "view.theme",
    title: () => `Switch to the ${otherTheme()} theme`,
    group: "View",
    words: "dark light colours",
    perform: () => chooseTheme(otherTheme()),
  },
  {
    id: "view.nextPane",
    title: "Go to the next part of the page",
    group: "View",
    keys: ["F6"],
    scope: "page",
    words: "focus pane",
    perform: ({ focus }) => focusNextPane(focus, 1),
  },
  {
    id: "view.previousPane",
    title: "Go to the previous part of the page",
    group: "View",
    keys: ["Shift+F6"],
    scope: "page",
    words: "focus pane",
    perform: ({ focus }) => focusNextPane(focus, -1),
  },
];
