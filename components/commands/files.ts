/** What brings a document in, and takes it along. */
import type { Command } from "./types";

export const fileCommands: readonly Command[] = [
  {
    id: "document.export",
    title: "Export…",
    group: "Document",
    words: "download save picture png svg mermaid dot graphviz compose bake hcl yaml command line copy",
    perform: ({ canvas }) => canvas.change({ overlay: { kind: "export" } }),
  },
  {
    id: "document.compare",
    title: "Compare with…",
    group: "Document",
    keys: ["V"],
    words: "diff difference versions revisions history before after added removed changed size",
    perform: ({ canvas }) => canvas.change({ overlay: { kind: "compare", build: null } }),
  },
  {
    id: "document.fromTemplate",
    title: "New from template…",
    group: "Document",
    words: "start example go node python rust java dotnet c++ php ruby nginx",
    available: ({ document }) => document.rights.edit || false,
    perform: ({ canvas }) => canvas.change({ overlay: { kind: "templates" } }),
  },
  {
    id: "document.lesson",
    title: "Take a lesson…",
    group: "Document",
    words: "learn teach tutorial tasks course start example multi-stage",
    available: ({ document }) => document.rights.edit || false,
    perform: ({ canvas }) => canvas.change({ overlay: { kind: "lessons" } }),
  },
];
