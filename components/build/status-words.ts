import { Ban, CircleAlert, CircleCheck, CircleDashed, LoaderCircle, Unplug } from "lucide-react";
import type { BuildSummary } from "@/lib/store/wire";

/** How a build stands or ended: in a word, with a sign and a tone. */
export const STATUS: Record<
  BuildSummary["status"],
  { word: string; Icon: typeof Ban; tone?: "good" | "bad" }
> = {
  queued: { word: "waiting", Icon: CircleDashed },
  running: { word: "running", Icon: LoaderCircle },
  succeeded: { word: "succeeded", Icon: CircleCheck, tone: "good" },
  failed: { word: "failed", Icon: CircleAlert, tone: "bad" },
  canceled: { word: "stopped", Icon: Ban },
  interrupted: { word: "interrupted", Icon: Unplug, tone: "bad" },
};
