import { expect, it } from "vitest";
import { parseDockerfile } from "../../lib/dockerfile";
import { checkGraph } from "../../lib/dockerfile/checks/graph";

/** A long stage, and many copies of paths that it does not name. */
function copies(count: number): string {
  const copied = Array.from({ length: count }, (_, at) => `COPY --from=long /nowhere/${at} /x\n`).join("");
  return `FROM scratch AS long\nENV A=${"b".repeat(60_000)}\nFROM scratch\n${copied}`;
}

it.each([
  { what: "every copy is looked at", count: 100, findings: 100 },
  { what: "what would take too long to search is not searched", count: 1000, findings: 333 },
])("$what", ({ count, findings }) => {
  const found = checkGraph(parseDockerfile(copies(count))).filter(({ code }) => code === "CopyFromNowhere");
  expect(found).toHaveLength(findings);
});
