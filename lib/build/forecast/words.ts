/** A forecast in words. */
import { formatCount, formatDuration } from "../format";
import type { Cause, Forecast } from "./forecast";
import { type Estimate, timeOf } from "./times";

export interface ForecastSummary {
  runs: number;
  maybe: number;
  /** Of what runs for certain. */
  time: Estimate;
}

export function summaryOf({ steps }: Forecast): ForecastSummary {
  const count = (outcome: Forecast["steps"][number]["outcome"]) =>
    steps.filter((step) => step.outcome === outcome).length;
  const time = timeOf(
    steps.map(({ outcome, milliseconds, after }) => ({ left: outcome === "runs" ? milliseconds : 0, after })),
  );
  return { runs: count("runs"), maybe: count("maybe"), time };
}

/** "3 steps rebuild, about 41 s by earlier builds; 2 more if the files they copy change". */
export function forecastInWords({ runs, maybe, time }: ForecastSummary): string {
  const sure =
    runs === 0
      ? maybe === 0
        ? "Nothing rebuilds"
        : "Nothing rebuilds for certain"
      : `${formatCount(runs, "step rebuilds", "steps rebuild")}${timeInWords(time, runs)}`;
  if (maybe === 0) return sure;
  const more = runs === 0 ? formatCount(maybe, "step does", "steps do") : `${maybe} more`;
  return `${sure}; ${more} if the files copied from another stage change`;
}

function timeInWords({ milliseconds, unknown }: Estimate, runs: number): string {
  if (unknown === runs) return ", how long is not known";
  const known = `, about ${formatDuration(milliseconds)} by earlier builds`;
  return unknown === 0 ? known : `${known} and ${unknown} of unknown length`;
}

/** What begins at a place, as in "RUN go build: its text changed". */
export const CAUSE_WORDS: Record<Cause, string> = {
  text: "its text changed or is new",
  files: "files that it takes changed",
  variables: "a variable that it sees changed",
  noCache: "the build is asked not to use the cache",
};
