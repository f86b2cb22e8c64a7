/** What an edit changed beside what was asked for, said once it is done, with the way back. */
import type { DocumentStore } from "@/lib/store/types";

export function sayNotes(
  notes: readonly string[],
  { lastStep, undo }: Pick<DocumentStore, "lastStep" | "undo">,
): void {
  if (notes.length === 0) return;
  const step = lastStep();
  void import("sonner").then(({ toast }) =>
    toast(notes.join(" "), {
      action: {
        label: "Undo",
        // Only what it speaks of: later steps are not taken back with it.
        onClick: () => lastStep() === step && undo(),
      },
    }),
  );
}
