"use client";
import { useDocument } from "@/components/editor/document-context";
import { formatDuration } from "@/lib/build/format";
import { useNow } from "./clock";

/** Time since `started` (by the build host's clock), counting. */
export function Elapsed({ started }: { started: number }) {
  const offset = useDocument((s) => s.build?.state.clockOffset ?? 0);
  const now = useNow();
  return <>{formatDuration(Math.max(0, now - started - offset))}</>;
}
