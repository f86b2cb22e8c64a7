import { describe, expect, it } from "vitest";
import { parseDockerfile, type ResolvedSource, resolveBuild } from "../../lib/dockerfile";
import { DEFAULT_PLATFORM, parsePlatform } from "../../lib/dockerfile/platform";
import type { BuildOptions } from "../../lib/dockerfile/variables";

interface Given {
  target?: string | number;
  platform?: string;
  args?: Record<string, string>;
  contexts?: Record<string, string>;
}

function optionsOf({ target, platform, args = {}, contexts = {} }: Given): BuildOptions {
  const options: BuildOptions = {
    buildArgs: new Map(Object.entries(args)),
    contexts: new Map(Object.entries(contexts)),
    buildPlatform: DEFAULT_PLATFORM,
  };
  if (target !== undefined) options.target = target;
  const parsed = platform === undefined ? null : parsePlatform(platform, DEFAULT_PLATFORM);
  if (parsed !== null && !("error" in parsed)) options.platform = parsed;
  return options;
}

function word(source: ResolvedSource): string {
  if (source.kind === "stage") return `#${source.index}`;
  if (source.kind === "context") return `${source.ref}=>${source.context.source}`;
  return source.kind === "image" ? source.ref : source.kind;
}

/** A stage a word: what it stands on, what it takes from; `-` where it is not needed, `~` where it is only looked at. */
function summary(source: string, given: Given): string[] {
  return resolveBuild(parseDockerfile(source), optionsOf(given)).stages.map((stage) => {
    const mark = stage.needed ? "" : stage.reached ? "~" : "-";
    if (stage.replacedBy !== null) return `${mark}=>${stage.replacedBy.source}`;
    return mark + [stage.base, ...stage.copies, ...stage.mounts].map(word).join(" ");
  });
}

const CHAIN = "FROM golang AS build\nFROM build AS test\nFROM alpine\nCOPY --from=build /a /b\n";
const NOTHING = "docker-image://scratch";
const IMAGE = "docker-image://other:1";

const BUILDS: [what: string, source: string, given: Given, stages: string[]][] = [
  ["needs what the last stage is made from", CHAIN, {}, ["golang", "-#0", "alpine #0"]],
  ["needs what the target is made from", CHAIN, { target: "test" }, ["golang", "#0", "-alpine #0"]],
  ["finds the target whatever its case", CHAIN, { target: "TEST" }, ["golang", "#0", "-alpine #0"]],
  ["takes the index of a stage for a target", CHAIN, { target: 0 }, ["golang", "-#0", "-alpine #0"]],
  ["has no stage of that name", CHAIN, { target: "nope" }, ["-golang", "-#0", "-alpine #0"]],
  [
    "puts build arguments into a FROM, which may then name a stage",
    "ARG BASE=alpine\nFROM a AS one\nFROM $BASE\n",
    { args: { BASE: "one" } },
    ["a", "#0"],
  ],
  [
    "puts the platform into a FROM",
    "FROM a AS base-arm64\nFROM b AS base-amd64\nFROM base-$TARGETARCH\n",
    { platform: "linux/arm64" },
    ["a", "-b", "#0"],
  ],
  [
    "runs what a base holds back in the stages that need it",
    "FROM a AS x\nFROM b AS y\nONBUILD COPY --from=x / /\nFROM y\n",
    {},
    ["a", "b", "#1"],
  ],
  [
    "replaces a stage: it is not made from anything",
    CHAIN,
    { contexts: { build: IMAGE } },
    [`=>${IMAGE}`, "-#0", "alpine #0"],
  ],
  [
    "replaces a stage by nothing",
    CHAIN,
    { contexts: { build: NOTHING } },
    [`=>${NOTHING}`, "-#0", "alpine #0"],
  ],
  [
    "replaces a stage by a folder, its name in any case",
    "FROM a AS One\nFROM one\n",
    { contexts: { one: "./files" } },
    ["=>./files", "#0"],
  ],
  [
    "keeps the name and the number of a replaced stage",
    "FROM a AS x\nFROM b\nCOPY --from=0 / /\nRUN --mount=from=X,target=/m ls\n",
    { contexts: { x: IMAGE } },
    [`=>${IMAGE}`, "b #0 #0"],
  ],
  [
    "looks at what a replaced stage would have copied, and needs nothing of it",
    "FROM a AS x\nFROM b AS y\nCOPY --from=x / /\nFROM y\n",
    { contexts: { y: IMAGE } },
    ["~a", `=>${IMAGE}`, "#1"],
  ],
  [
    "replaces the target itself",
    "FROM a AS x\nFROM x AS y\n",
    { target: "y", contexts: { y: IMAGE } },
    ["-a", `=>${IMAGE}`],
  ],
  [
    "still runs in others what a replaced stage holds back for them",
    "FROM a AS x\nFROM b AS y\nONBUILD COPY --from=x / /\nFROM y\n",
    { contexts: { y: IMAGE } },
    ["a", `=>${IMAGE}`, "#1"],
  ],
  [
    "replaces an image wherever it is named",
    "FROM alpine AS x\nFROM docker.io/library/alpine:latest\nCOPY --from=alpine:latest / /\nRUN --mount=from=alpine,target=/m ls\n",
    { contexts: { alpine: IMAGE } },
    [
      `-alpine=>${IMAGE}`,
      `docker.io/library/alpine:latest=>${IMAGE} alpine:latest=>${IMAGE} alpine=>${IMAGE}`,
    ],
  ],
  [
    "reads a context's name as an image's",
    "FROM a/b\n",
    { contexts: { "docker.io/a/b:latest": IMAGE } },
    [`a/b=>${IMAGE}`],
  ],
  ["minds the tag", "FROM alpine:3.20\n", { contexts: { alpine: IMAGE } }, ["alpine:3.20"]],
  [
    "takes the context for the platform first",
    "FROM --platform=linux/arm64 a AS x\nFROM --platform=$BUILDPLATFORM a\n",
    { contexts: { a: "./any", "a::linux/arm64": "./arm" }, target: "x" },
    ["a=>./arm", "-a=>./any"],
  ],
  ["never replaces scratch", "FROM scratch\n", { contexts: { scratch: IMAGE } }, ["scratch"]],
  [
    "never replaces a stage called scratch or context",
    "FROM a AS context\nFROM b\nCOPY --from=context / /\n",
    { contexts: { context: IMAGE } },
    ["a", "b #0"],
  ],
  [
    "replaces every stage of a name",
    "FROM a AS x\nFROM b AS x\nFROM x\n",
    { contexts: { x: IMAGE } },
    [`-=>${IMAGE}`, `=>${IMAGE}`, "#1"],
  ],
];

const ERRORS: [what: string, source: string, given: Given, error: string | null][] = [
  ["a good file", CHAIN, {}, null],
  [
    "a target that is not there",
    CHAIN,
    { target: "tets" },
    'target stage "tets" could not be found (did you mean test?)',
  ],
  [
    "a time that is none, declared or not",
    CHAIN,
    { args: { SOURCE_DATE_EPOCH: "soon" } },
    "invalid SOURCE_DATE_EPOCH: soon",
  ],
  ["a time", CHAIN, { args: { SOURCE_DATE_EPOCH: "1700000000" } }, null],
  ["a file without stages", "# none\n", { args: { SOURCE_DATE_EPOCH: "soon" } }, "file with no instructions"],
  ["no time", CHAIN, { args: { SOURCE_DATE_EPOCH: "" } }, null],
  [
    "a context's name",
    CHAIN,
    { contexts: { Bad: "." } },
    "invalid context name Bad: invalid reference format: repository name (library/Bad) must be lowercase",
  ],
  [
    "a stage's name that no context could have",
    "FROM a AS b_\n",
    {},
    "invalid context name b_: invalid reference format",
  ],
  [
    "an image's name, needed or not",
    "FROM a:\nFROM b\n",
    {},
    'failed to parse stage name "a:": invalid reference format',
  ],
  [
    "a FROM that comes to nothing",
    "ARG A=a\nFROM $A\n",
    { args: { A: "" } },
    "base name ($A) should not be blank",
  ],
  [
    "a copy from a later stage",
    "FROM a AS x\nCOPY --from=y / /\nFROM x AS y\nFROM x\n",
    {},
    'cannot copy from stage "y", it needs to be defined before current stage "x"',
  ],
  [
    "a copy from a later stage that a context replaces",
    "FROM a AS x\nCOPY --from=y / /\nFROM x AS y\nFROM x\n",
    { contexts: { y: "." } },
    null,
  ],
  [
    "a copy from a later stage where nothing needs it",
    "FROM a AS x\nCOPY --from=y / /\nFROM b AS y\n",
    {},
    null,
  ],
  [
    "what a base holds back and takes from a later stage",
    "FROM a AS x\nONBUILD COPY --from=z / /\nFROM x AS y\nFROM b AS z\nFROM y\n",
    {},
    'cannot copy from stage "z", it needs to be defined before current stage "y"',
  ],
  [
    "a mount of it from a later stage, before what the stage itself says",
    "FROM a AS x\nONBUILD RUN --mount=from=z,target=/m ls\nFROM x AS y\nCOPY --from=z / /\nFROM b AS z\nFROM y\n",
    {},
    'cannot mount from stage "z" to "/m", stage needs to be defined before current command',
  ],
  [
    "what a base holds back and takes from the very stage that runs it",
    "FROM a AS x\nONBUILD COPY --from=y /a /b\nFROM x AS y\n",
    {},
    null,
  ],
  [
    "what a base holds back where nothing is built on it",
    "FROM a AS x\nONBUILD COPY --from=7 / /\nFROM x AS y\nFROM b\n",
    {},
    null,
  ],
  [
    "a number of a held back copy",
    "FROM a AS x\nONBUILD COPY --from=7 / /\nFROM x\n",
    {},
    "invalid stage index 7",
  ],
  [
    "a number that stands for an image",
    "FROM a AS x\nONBUILD COPY --from=2 / /\nCOPY --from=alpine / /\nFROM x\n",
    {},
    null,
  ],
  [
    "a variable of a held back copy",
    "FROM a AS x\nONBUILD COPY --from=$A / /\nFROM x\n",
    {},
    "variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround",
  ],
  [
    "an image's name of a held back copy",
    "FROM a AS x\nONBUILD COPY --from=A:b / /\nFROM x\n",
    {},
    'failed to parse stage name "A:b": invalid reference format: repository name (library/A) must be lowercase',
  ],
  [
    "a held back instruction that is none",
    "FROM a AS x\nONBUILD COPY /a\nFROM x\n",
    {},
    "COPY requires at least two arguments, but only one was provided. Destination could not be determined",
  ],
  [
    "the first in the order of the instructions",
    "FROM a AS x\nRUN --mount=from=y,target=/m ls\nCOPY --from=y / /\nFROM x AS y\nFROM x\n",
    {},
    'cannot mount from stage "y" to "/m", stage needs to be defined before current command',
  ],
  [
    "the first thing BuildKit comes to",
    "FROM a AS x\nCOPY --from=x / /\n",
    { target: "q" },
    'target stage "q" could not be found (did you mean x?)',
  ],
];

describe("a build of a file", () => {
  it.each(BUILDS)("%s", (_, source, given, stages) => expect(summary(source, given)).toEqual(stages));

  it.each(ERRORS)("is refused or not: %s", (_, source, given, error) => {
    expect(resolveBuild(parseDockerfile(source), optionsOf(given)).error).toBe(error);
  });

  it("says which contexts count, and which nothing goes by", () => {
    const contexts = { build: "./b", test: "./t", apline: "./x" };
    const { usedContexts, unknownContexts } = resolveBuild(parseDockerfile(CHAIN), optionsOf({ contexts }));
    expect(usedContexts.map(({ name }) => name)).toEqual(["build"]);
    expect(unknownContexts.map(({ name }) => name)).toEqual(["apline"]);
  });

  it("counts contexts that only what a base holds back takes from", () => {
    const source = "FROM a AS x\nONBUILD COPY --from=files / /\nFROM x\n";
    const options = optionsOf({ contexts: { files: "./f" } });
    const { usedContexts, unknownContexts, stages } = resolveBuild(parseDockerfile(source), options);
    expect([usedContexts.map(({ name }) => name), unknownContexts]).toEqual([["files"], []]);
    expect(stages[1]?.triggers.map((each) => word(each.source))).toEqual(["files=>./f"]);
  });

  it("leaves the tree's own edges alone", () => {
    const tree = parseDockerfile(CHAIN);
    const before = JSON.stringify(tree.edges.map(({ from, to, kind }) => [from, to, kind]));
    resolveBuild(tree, optionsOf({ target: "test", contexts: { build: IMAGE } }));
    expect(JSON.stringify(tree.edges.map(({ from, to, kind }) => [from, to, kind]))).toBe(before);
    expect(tree.stages[1]?.base.target).toEqual({ kind: "stage", index: 0 });
  });

  it.each([
    ["docker-image://a:1", "image", "a:1"],
    ["docker-image://scratch", "scratch", null],
    ["oci-layout:///x@sha256:00", "ociLayout", null],
    ["target:base", "target", null],
    ["input:base", "input", null],
    ["https://example.org/a.git", "remote", null],
    ["git@example.org:a/b", "remote", null],
    ["../files", "local", null],
    ["", "local", null],
  ])("a context of %s is %s", (source, kind, ref) => {
    const { stages } = resolveBuild(parseDockerfile("FROM a AS x\n"), optionsOf({ contexts: { x: source } }));
    expect(stages[0]?.replacedBy).toEqual({ name: "x", source, kind, ref });
  });
});
