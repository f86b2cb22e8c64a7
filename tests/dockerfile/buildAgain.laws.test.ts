import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDockerfile, reparse, resolveBuild } from "../../lib/dockerfile";
import { resolvedAgain } from "../../lib/dockerfile/buildAgain";
import type { BuildOptions } from "../../lib/dockerfile/variables";
import { diffToEdit } from "../../lib/text";
import { PATIENCE, RUNS } from "../laws";
import { expectSame } from "../same";
import { changes, dockerfileLike, editsOf, small } from "./arbitraries";

const options = fc.constantFrom({}, { target: 0, buildArgs: new Map([["V", "2"]]) });

function check(
  options: BuildOptions,
  before: string,
  rounds: { at: number; length: number; text: string }[][],
): void {
  let tree = parseDockerfile(before);
  let build = resolveBuild(tree, options);
  for (const round of rounds) {
    const next = reparse(tree, editsOf(tree.source, round));
    const fresh = resolveBuild(next, options);
    const again = resolvedAgain({ tree, build }, next);
    if (again) expectSame(again, fresh);
    tree = next;
    build = again ?? fresh;
  }
}

describe("a build resolved again", PATIENCE, () => {
  const rounds = fc.array(changes, { minLength: 1, maxLength: 3 });

  it("is the build resolved anew, edit after edit", () => {
    fc.assert(fc.property(options, small, rounds, check), RUNS);
  });

  it("is so on noise, too", () => {
    fc.assert(fc.property(options, dockerfileLike, rounds, check), RUNS);
  });

  const FILE = `ARG V=1
FROM a:\${V} AS one
RUN x
FROM one AS two
ONBUILD RUN held
COPY --from=one /o /o
FROM b
COPY --from=one /a /b
RUN --mount=from=two,target=/t y
`;

  it.each<{ what: string; from: string; to: string; again: boolean }>([
    { what: "a word of a RUN", from: "RUN x", to: "RUN xx", again: true },
    { what: "a line more", from: "RUN x", to: "RUN x\nRUN z", again: true },
    { what: "a comment", from: "FROM b", to: "# why\nFROM b", again: true },
    { what: "a copy's path", from: "/a /b", to: "/a /c", again: true },
    { what: "a mount's target", from: "target=/t", to: "target=/u", again: true },
    { what: "a word of a stage that holds back", from: "/o /o", to: "/o /p", again: false },
    { what: "a copy's source", from: "from=one /a", to: "from=two /a", again: false },
    { what: "a base", from: "FROM b", to: "FROM c", again: false },
    { what: "a name", from: "AS one", to: "AS uno", again: false },
    { what: "a platform", from: "FROM b", to: "FROM --platform=linux/arm64 b", again: false },
    { what: "a default of an argument", from: "V=1", to: "V=2", again: false },
    { what: "what a stage holds back", from: "RUN held", to: "COPY --from=one a b", again: false },
    { what: "a stage more", from: "FROM b", to: "FROM b\nFROM c", again: false },
    { what: "a base that cannot be", from: "FROM b", to: "FROM B::", again: false },
  ])("$what: $again", ({ from, to, again }) => {
    const tree = parseDockerfile(FILE);
    const edit = diffToEdit(FILE, FILE.replace(from, to));
    const next = reparse(tree, edit ? [edit] : []);
    const found = resolvedAgain({ tree, build: resolveBuild(tree) }, next);
    expect(found !== null).toBe(again);
    if (found) expect(found).toEqual(resolveBuild(next));
  });

  it("is resolved anew as long as there is something to say about it", () => {
    const tree = parseDockerfile("FROM a\nCOPY --from=9 a b\nRUN x\n");
    const next = reparse(tree, [{ start: tree.source.length - 1, end: tree.source.length - 1, text: "y" }]);
    expect(resolvedAgain({ tree, build: resolveBuild(tree) }, next)).toBeNull();
  });
});
