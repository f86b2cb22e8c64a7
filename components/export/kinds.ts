/** What a document can be exported as: one record a kind. */
import { buildCommand, contextPath } from "@/lib/build/command";
import { toDot, toMermaid } from "@/lib/graph/export";
import { toBake, toCompose } from "@/lib/graph/export/build-files";
import { closeFile } from "@/lib/share/file-format";
import type { DocumentStore } from "@/lib/store/types";

export interface TextKind {
  id: "mermaid" | "dot" | "dockerfile" | "compose" | "bake" | "command";
  label: string;
  /** One line on what it is for. */
  about: string;
  /** `name` is the document's title as a file name. */
  file(name: string): string;
  /** Of pictures and diagrams: needs a stage to draw. */
  draws: boolean;
  /** The file's exact text, or why there is none. */
  text(document: DocumentStore): string | { missing: string };
}

const buildFile = ({ tree, title, options }: DocumentStore) => {
  const contexts = Object.entries(options.contexts).map(
    ([name, source]) => [name, contextPath(name, source)] as const,
  );
  return { tree, title, choice: { ...options, contexts: Object.fromEntries(contexts) } };
};

export const TEXT_KINDS: readonly TextKind[] = [
  {
    id: "mermaid",
    label: "Mermaid",
    about: "A diagram that GitHub, GitLab and many wikis draw from a mermaid code block.",
    file: (name) => `${name}.mmd`,
    draws: true,
    text: ({ graph }) => toMermaid(graph),
  },
  {
    id: "dot",
    label: "DOT",
    about: "For Graphviz: dot -Tsvg draws it.",
    file: (name) => `${name}.dot`,
    draws: true,
    text: ({ graph, title }) => toDot(graph, title),
  },
  {
    id: "dockerfile",
    label: "Dockerfile",
    about: "The text itself, with the line endings of the file it came from.",
    file: () => "Dockerfile",
    draws: false,
    text: ({ text, format }) => closeFile(text, format),
  },
  {
    id: "compose",
    label: "compose.yaml",
    about:
      "A service for the chosen target, and one with a profile of its own for each stage nothing else needs.",
    file: () => "compose.yaml",
    draws: true,
    text: (document) => toCompose(buildFile(document)),
  },
  {
    id: "bake",
    label: "docker-bake.hcl",
    about:
      "A target for each named stage, build arguments as variables: docker buildx bake builds them at once.",
    file: () => "docker-bake.hcl",
    draws: true,
    text: (document) => toBake(buildFile(document)),
  },
  {
    id: "command",
    label: "docker build",
    about: "The command that does what Build does with what is chosen now.",
    file: () => "build.sh",
    draws: false,
    text: ({ options, tree, context }) => {
      const command = buildCommand(options, tree.stages, context !== null);
      if (command !== null) return `${command}\n`;
      return {
        missing:
          "The docker command asks for stages by name, and the chosen target has none of its own. Name it, or choose another.",
      };
    },
  },
];

/** A title as the name of a file: nothing that a file system takes for something else. */
export function fileName(title: string): string {
  const name = title
    .replace(/[\p{Control}\\/:*?"<>|]+/gu, " ")
    .trim()
    .replace(/\s+/g, "-")
    .replace(/^[.-]+/, "")
    .slice(0, 80);
  return name || "stages";
}
