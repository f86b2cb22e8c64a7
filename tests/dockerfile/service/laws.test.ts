import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDockerfile, resolveBuild } from "../../../lib/dockerfile";
import { describeDockerfile } from "../../../lib/dockerfile/description";
import {
  checkGraph,
  completionsAt,
  definitionAt,
  documentSymbols,
  findingsOf,
  fixesFor,
  foldingRanges,
  hoverAt,
  ignoresFor,
  planRename,
  referencesAt,
  renameTarget,
  variablesOf,
} from "../../../lib/dockerfile/service";
import { applyEdits, OffsetMap } from "../../../lib/text";
import { PATIENCE, RUNS } from "../../laws";
import { dockerfileLike } from "../arbitraries";

const ARM = { os: "linux", architecture: "arm64", variant: "", osVersion: "" };

/** What a build may be asked for, sense and nonsense. */
const options = fc.record(
  {
    target: fc.constantFrom("", "base", "next", "NEXT", "x y", 0, 3, -1),
    platform: fc.constant(ARM),
    buildArgs: fc
      .dictionary(
        fc.constantFrom("V", "A", "", "$", "SOURCE_DATE_EPOCH", "BUILDKIT_DOCKERFILE_CHECK"),
        fc.string({ maxLength: 4 }),
      )
      .map(mapOf),
    contexts: fc
      .dictionary(
        fc.constantFrom("base", "alpine", "nginx:1", "scratch", "::", "a::b", ""),
        fc.constantFrom(
          "docker-image://x",
          "docker-image://",
          "docker-image://scratch",
          "input:x",
          ".",
          "",
          ":",
        ),
      )
      .map(mapOf),
    isIgnored: fc.constant(() => true),
    imagePlatform: fc.constant(() => ARM),
  },
  { requiredKeys: [] },
);

function mapOf(record: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(record));
}

describe("laws of services", PATIENCE, () => {
  it("none throws, whatever the text, the place and the build; what they point at is in the text", () => {
    fc.assert(
      fc.property(dockerfileLike, fc.nat(200), options, (source, at, given) => {
        const tree = parseDockerfile(source);
        const offset = Math.min(at, source.length);
        const ranges = [
          ...completionsAt(tree, offset, given).map(({ range }) => range),
          ...referencesAt(tree, offset),
          definitionAt(tree, offset),
          hoverAt(tree, offset, given)?.range,
          renameTarget(tree, offset)?.range,
          ...documentSymbols(tree).map(({ range }) => range),
          ...findingsOf(tree, given).map(({ range }) => range),
          ...checkGraph(tree).map(({ range }) => range),
          ...resolveBuild(tree, given).diagnostics.map(({ range }) => range),
        ];
        for (const range of ranges) {
          if (range === null || range === undefined) continue;
          expect([range.start >= 0, range.start <= range.end, range.end <= source.length]).toEqual([
            true,
            true,
            true,
          ]);
        }
        for (const { startLine, endLine } of foldingRanges(tree)) {
          expect(startLine).toBeGreaterThan(0);
          expect(endLine).toBeLessThanOrEqual(tree.lines.lineCount);
        }
        expect(describeDockerfile(tree).accepted).toBe(tree.accepted);
        const renamed = planRename(tree, offset, "other");
        if (renamed.ok) applyEdits(source, renamed.edits);
      }),
      RUNS,
    );
  });

  it("a fix can be written, and leaves no more that BuildKit would refuse; ignoring quietens and changes no instruction", () => {
    fc.assert(
      fc.property(dockerfileLike, (source) => {
        const tree = parseDockerfile(source);
        const instructions = tree.instructions.map(({ keyword, text }) => `${keyword} ${text}`);
        for (const finding of findingsOf(tree)) {
          for (const { edits } of fixesFor(tree, finding)) {
            const after = parseDockerfile(applyEdits(source, edits));
            if (tree.accepted)
              expect([after.accepted, source, finding.code]).toEqual([true, source, finding.code]);
          }
          for (const { edits } of ignoresFor(tree, finding)) {
            const after = parseDockerfile(applyEdits(source, edits));
            expect(after.instructions.map(({ keyword, text }) => `${keyword} ${text}`)).toEqual(instructions);
            const count = (of: typeof tree) =>
              findingsOf(of).filter(({ code }) => code === finding.code).length;
            expect([count(after) < count(tree), source, finding.code]).toEqual([true, source, finding.code]);
          }
        }
      }),
      RUNS,
    );
  });
});

const LINES = [
  "ARG V=1",
  "ARG V",
  "ARG V=1 W=$V",
  "ENV A=$V B='$V' C=\"${V:-x}\"",
  "ENV A $V",
  "COPY $V ${W:+$V} /x",
  "COPY <<E /x\n$V \\$V\nE",
  "COPY <<'E' /x\n$V\nE",
  "RUN echo $V '$V' \"$V\" \\$V",
  "RUN V=2 && echo $V",
  "RUN <<E\necho $V\nE",
  "RUN --mount=type=cache,id=$V,target=/c ls",
  'RUN ["echo", "$V"]',
  "LABEL l=$V",
  "WORKDIR /$V/${W}",
  "EXPOSE $V/tcp",
  "ONBUILD RUN echo $V",
  "HEALTHCHECK CMD echo $V",
  "FROM a:$V",
  "FROM base-$V AS n",
  "FROM n",
];

/** Files full of variables: the same names as globals, in stages and in commands. */
const withVariables = fc
  .tuple(
    fc.array(fc.constantFrom("ARG V=1", "ARG W", "ARG V W=$V"), { maxLength: 2 }),
    fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 8 }),
    fc.constantFrom("\n", "\r\n"),
  )
  .map(([head, lines, ending]) => [...head, "FROM a AS n", ...lines, ""].join("\n").replaceAll("\n", ending));

describe("renaming a variable", PATIENCE, () => {
  it("there and back is the identity, and changes its name alone", () => {
    fc.assert(
      fc.property(
        withVariables,
        fc.nat(30),
        fc.constantFrom("ZZ", "a_1", "Longer_Name"),
        (source, pick, name) => {
          const tree = parseDockerfile(source);
          const places = variablesOf(tree).variables.flatMap((each) =>
            each.places.map(({ range }) => ({ each, range })),
          );
          const chosen = places[pick % Math.max(1, places.length)];
          fc.pre(chosen !== undefined);
          const { start } = chosen.range;
          const there = planRename(tree, start, name);
          fc.pre(there.ok);
          expect(there.edits.map((edit) => source.slice(edit.start, edit.end))).toEqual(
            there.edits.map(() => chosen.each.name),
          );
          const after = applyEdits(source, there.edits);
          const back = planRename(
            parseDockerfile(after),
            new OffsetMap(there.edits).at(start),
            chosen.each.name,
          );
          expect(back.ok && applyEdits(after, back.edits)).toBe(source);
        },
      ),
      RUNS,
    );
  });
});
