import { expect, test } from "vitest";
import { toSummary } from "@/lib/build/server/rows";

const ROW: Parameters<typeof toSummary>[0] = {
  ...{ id: "b", documentId: "d", status: "succeeded", host: null, options: "{}", error: null, sizes: "{}" },
  ...{ text: "FROM a\n", eol: "lf", bom: false, contextId: null, figures: null, imported: false },
  ...{ createdAt: new Date(1), startedAt: null, endedAt: null },
};

test.each<[string, object, object]>([
  ["what an earlier version did not know", {}, { tags: [], target: null, output: "keep" }],
  ["what is no longer taken", { tags: ["No Name!"], target: 2 }, { tags: [], target: 2 }],
  ["what is no longer known", { gone: true, noCache: true }, { noCache: true }],
  [
    "a value of another kind",
    { output: "fly", platform: 7, pull: true },
    { output: "keep", platform: null, pull: true },
  ],
])("a kept build with %s in its options can be looked at", (_what, options, read) => {
  const summary = toSummary({ ...ROW, options: JSON.stringify(options) });
  expect(summary.options).toMatchObject(read);
  expect(summary.options).not.toHaveProperty("gone");
});
