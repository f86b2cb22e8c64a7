"use client";
/** What is left of the build under way, counting down; nothing where no earlier build tells. */
import { useNow } from "@/components/canvas/clock";
import { useDocument } from "@/components/editor/document-context";
import { remainingInWords, remainingOf } from "@/lib/build/forecast/remaining";

export function Remaining({ stage = null, before = "" }: { stage?: number | null; before?: string }) {
  const now = useNow();
  const state = useDocument((s) => s.build?.state ?? null);
  const forecast = useDocument((s) => s.forecast);
  if (!state || !forecast || state.endedAt !== null) return null;
  const host = Math.max(now, state.lastAt ?? 0) - (state.clockOffset ?? 0);
  const left = remainingOf(state, forecast, host, stage);
  if (!left) return null;
  return (
    <span
      title="By what the same steps took in earlier builds of this document"
      data-testid={stage === null ? "remaining" : undefined}
    >
      {before}
      {remainingInWords(left)}
    </span>
  );
}
