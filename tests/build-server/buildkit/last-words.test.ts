import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lastWords } from "@/lib/build/server/buildkit/last-words";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test.each([
  { what: "nothing comes, and no end", words: [], end: null, resolves: 2000 },
  { what: "it ends at once", words: [], end: 0, resolves: 0 },
  { what: "it ends while there is silence", words: [], end: 700, resolves: 700 },
  { what: "words go on for long, then it ends", words: [1500, 3000, 4500, 6000], end: 6100, resolves: 6100 },
  { what: "words go on, then nothing", words: [1500, 3000], end: null, resolves: 5000 },
  { what: "words after too long a silence", words: [2500], end: 2600, resolves: 2000 },
])("$what", async ({ words, end, resolves }) => {
  const begun = Date.now();
  let heard = 0;
  for (const at of words)
    setTimeout(() => {
      heard = Date.now();
    }, at);
  const ended = new Promise<void>((resolve) => {
    if (end !== null) setTimeout(resolve, end);
  });
  let took: number | null = null;
  void lastWords(ended, () => heard, 2000, Date.now).then(() => {
    took = Date.now() - begun;
  });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(took).toBe(resolves);
});
