import { expect, it } from "vitest";
import { checkDockerfile, evaluate, parseDockerfile } from "../../lib/dockerfile";
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

it.each([
  ["twice itself", "$A$A"],
  ["twice itself, quoted", '"$A$A"'],
  ["itself for each of its letters", "${A//x/$A}"],
])(
  "a variable that is %s again and again stays as it is once no process could be given it",
  (_how, value) => {
    const tree = parseDockerfile(`FROM a\nENV A=xxxxxxxxxx\n${`ENV A=${value}\n`.repeat(60)}WORKDIR $A\n`);
    let length = 0;
    evaluate(tree, {}, ({ node, words }) => {
      if (node.keyword === "WORKDIR") length = words[0]?.length ?? 0;
    });
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThanOrEqual(131_072);
    expect(checkDockerfile(tree).findings).toMatchObject([{ rule: "WorkdirRelativePath" }]);
  },
);

it("so it is before the first FROM, where nothing can be resolved then", () => {
  const tree = parseDockerfile(`ARG A=xxxxxxxxxx\n${"ARG A=$A$A\n".repeat(60)}FROM $A\n`);
  expect(tree.graphError).toBe('failed to process "$A$A": argument list too long');
});
