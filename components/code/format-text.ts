/** Formats the document's text, as one step of the history. */
import { toast } from "sonner";
import { formatDockerfile } from "@/lib/dockerfile/service";
import type { DocumentStore } from "@/lib/store/types";

export function formatText({ tree, applyEdits }: DocumentStore): void {
  if (tree.error?.phase === "parse") {
    const line = tree.error.lines?.start;
    toast.error("The text can't be formatted yet", {
      description: `${line ? `Line ${line}: ` : ""}${tree.error.message}. Mend that first.`,
    });
  } else applyEdits(formatDockerfile(tree));
}
