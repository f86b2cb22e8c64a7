import { expect, test } from "vitest";
import { faultsOf } from "../../lib/build/evaluation";
import { buildOptionsSchema } from "../../lib/build/events";
import { parseDockerfile } from "../../lib/dockerfile";

test.each([
  ["nothing is written yet", "", 0],
  ["blank lines", "\n \n", 0],
  ["a comment alone", "# soon\n", 1],
  ["half a word", "FRO\n", 1],
  ["a stage", "FROM scratch\n", 0],
])("faults to show: %s", (_what, text, count) => {
  expect(faultsOf(parseDockerfile(text), buildOptionsSchema.parse({}))).toHaveLength(count);
});
