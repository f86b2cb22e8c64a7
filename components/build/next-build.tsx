"use client";
/** What the next build will run anew: because of what was edited, or of an edit that somebody thinks of. */
import { RotateCw, X } from "lucide-react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import { CAUSE_WORDS, forecastInWords, summaryOf } from "@/lib/build/forecast/words";
import styles from "./next-build.module.css";
import { instructionText, useUnderWay } from "./use-build";

export function NextBuild({ floating = false }: { floating?: boolean }) {
  const store = useDocumentStore();
  const forecast = useDocument((s) => s.forecast);
  const whatIf = useDocument((s) => s.whatIf);
  const known = useDocument((s) => s.past.length > 0);
  const underWay = useUnderWay();
  const subject = useSubject();
  if (underWay || !known || floating !== whatIf) return null;
  const summary = forecast && summaryOf(forecast);
  if (!whatIf && (!summary || summary.runs + summary.maybe === 0)) return null;
  return (
    <output className={styles.note} data-floating={floating || undefined} data-testid="next-build">
      <RotateCw size={14} aria-hidden="true" />
      <span>
        {whatIf ? (
          subject === null || !summary ? (
            "Select a row or a card to see what an edit of it rebuilds."
          ) : (
            <>
              If <code>{subject}</code> is edited: {forecastInWords(summary)}.
            </>
          )
        ) : (
          <>
            Next build: {forecastInWords(summary!)}. <Beginning />
          </>
        )}
      </span>
      {whatIf ? (
        <button
          type="button"
          className={styles.close}
          aria-label="Done looking"
          onClick={() => store.getState().setWhatIf(false)}
        >
          <X size={14} aria-hidden="true" />
        </button>
      ) : (
        <Button size="small" onClick={() => store.getState().setWhatIf(true)}>
          What if…
        </Button>
      )}
    </output>
  );
}

/** The instruction that the edit is thought of, as its row says it. */
function useSubject(): string | null {
  return useDocument(({ selection, stageIds, graph }) => {
    if (selection.kind !== "stage" && selection.kind !== "instruction") return null;
    const stage = stageIds.indexOf(selection.stage);
    const text = instructionText(graph.stages, stage, selection.kind === "stage" ? 0 : selection.instruction);
    return text && (text.length > 60 ? `${text.slice(0, 60)}…` : text);
  });
}

/** Where it begins: the first of the causes, and what it is. */
function Beginning() {
  const stages = useDocument((s) => s.graph.stages);
  const from = useDocument((s) => s.forecast?.steps.find(({ outcome }) => outcome === "runs")?.from ?? null);
  if (!from) return null;
  const text = instructionText(stages, from.stage, from.instruction) ?? "a step";
  return (
    <>
      It begins at <code>{text.length > 60 ? `${text.slice(0, 60)}…` : text}</code>: {CAUSE_WORDS[from.cause]}
      .
    </>
  );
}
