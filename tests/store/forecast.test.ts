import { expect, test } from "vitest";
import { buildOptionsSchema } from "@/lib/build/events";
import type { DocumentFigures, PastBuild } from "@/lib/build/figures";
import type { BuildSummary } from "@/lib/share/document";
import { watchForecast } from "@/lib/store/forecast-slice";
import { newStore } from "./new-store";

const TEXT = "FROM busybox\nRUN first\nRUN second\n";
const OPTIONS = buildOptionsSchema.parse({});

/** A build of the first so many instructions. */
function past(id: string, count: number): PastBuild {
  const step = (instruction: number) =>
    ({ instruction, status: "done", milliseconds: 1000, bytes: null }) as const;
  return {
    ...{ id, status: "succeeded", createdAt: 0, startedAt: 0, endedAt: 1, options: OPTIONS },
    text: `${TEXT.split("\n").slice(0, count).join("\n")}\n`,
    figures: {
      context: null,
      stages: [
        {
          ...{ ships: true, size: null, base: null, image: null },
          steps: Array.from({ length: count }, (_, at) => step(at)),
        },
      ],
    },
  };
}

const summary = (id: string): BuildSummary => ({
  ...{ id, documentId: "d", status: "succeeded", host: null, options: OPTIONS, error: null },
  ...{ createdAt: 0, startedAt: 0, endedAt: 1, sizes: {} },
});

test("nothing is foretold from the builds before one that is just over", async () => {
  const store = newStore(TEXT);
  const answers: ((figures: DocumentFigures) => void)[] = [];
  const stop = watchForecast(store, () => new Promise((answer) => answers.push(answer)));
  const runs = () => store.getState().forecast?.steps.filter(({ outcome }) => outcome === "runs").length;
  const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

  answers[0]!({ builds: [past("1", 2)], hashes: null });
  await settled();
  expect(runs()).toBe(1);

  store.setState({ history: [summary("1")] });
  expect(runs()).toBeUndefined();
  store.getState().replaceText(`# again\n${TEXT}`);
  await settled();
  expect(runs()).toBeUndefined();

  answers[1]!({ builds: [past("2", 3), past("1", 2)], hashes: null });
  await settled();
  expect(runs()).toBe(0);
  stop();
});
