/** What is foretold of cards and rows, looked up once a forecast for all who ask. */
import { placeKey } from "@/lib/build/context/place-key";
import type { Forecast, ForetoldStep, Outcome } from "@/lib/build/forecast/forecast";

const maps = new WeakMap<Forecast, ReadonlyMap<string, ForetoldStep>>();

export function foretoldAt(
  forecast: Forecast | null,
  stage: number,
  instruction: number,
): ForetoldStep | null {
  if (forecast === null) return null;
  let map = maps.get(forecast);
  if (!map) {
    map = new Map(forecast.steps.map((step) => [placeKey(step), step]));
    maps.set(forecast, map);
  }
  return map.get(placeKey({ stage, instruction })) ?? null;
}

/** What the next build does with a step that it does not have from the cache. */
export type Foretold = Exclude<Outcome, "cached">;

export const FORETOLD_WORDS: Record<Foretold, string> = {
  runs: "runs anew in the next build",
  maybe: "runs anew if the files copied for it change",
};
