import { expect, test } from "vitest";
import { type BuildOptions, buildOptionsSchema } from "../../lib/build/events";
import { emptyBuild, reduceBuild } from "../../lib/build/reducer";
import { type ContextManifest, type RecordedBuild, whyItRan } from "../../lib/build/why";
import { reasonInWords } from "../../lib/build/why-words";
import { parseDockerfile } from "../../lib/dockerfile";
import { numbered, plan, started, vertex } from "./events";

const STEPS = new Set(["RUN", "COPY", "ADD", "WORKDIR"]);

interface Side {
  text: string;
  /** Rows "stage:instruction" that came from the cache; all others ran. */
  cached?: string[];
  /** Rows that never got their turn. */
  waiting?: string[];
  options?: Partial<BuildOptions>;
  /** Content by path. */
  files?: Record<string, string>;
  ignore?: string;
  /** Content by path, by the name of a context that was sent. */
  named?: Record<string, Record<string, string>>;
  /** Digest of every base image. */
  base?: string;
}

function record({
  text,
  cached = [],
  waiting = [],
  options,
  files,
  ignore,
  named = {},
  base = "aa",
}: Side): RecordedBuild {
  const { stages } = parseDockerfile(text);
  const places = stages.flatMap(({ index, instructions, base: { target } }) =>
    instructions.flatMap(({ keyword, indexInStage }) =>
      STEPS.has(keyword) || (keyword === "FROM" && target.kind === "image")
        ? [{ stage: index, instruction: indexInStage }]
        : [],
    ),
  );
  const key = ({ stage, instruction }: (typeof places)[number]) => `${stage}:${instruction}`;
  const state = reduceBuild(
    emptyBuild(),
    numbered([
      started,
      plan(
        stages.map(({ name }) => name),
        Object.fromEntries(places.map((place) => [key(place), [place]])),
      ),
      ...places.map((place) => {
        const name =
          place.instruction === 0
            ? `[x 1/2] FROM docker.io/library/${stages[place.stage]!.baseText}@sha256:${base}`
            : key(place);
        return waiting.includes(key(place))
          ? vertex(key(place), { name })
          : vertex(key(place), {
              name,
              started: 1,
              completed: 2,
              cached: place.instruction === 0 || cached.includes(key(place)),
            });
      }),
    ]),
  );
  return {
    text,
    options: buildOptionsSchema.parse(options ?? {}),
    state,
    context: files ? manifest(files, ignore) : null,
    named: new Map(Object.entries(named).map(([name, files]) => [name, manifest(files)])),
  };
}

function manifest(files: Record<string, string>, ignore: string | null = null): ContextManifest {
  const entries = Object.entries(files).map(([path, content]) => ({
    path,
    kind: "file" as const,
    bytes: content.length,
    hash: content,
  }));
  return { entries, ignore };
}

/** "stage:instruction reason" of each step that ran. */
function why(is: Side, was: Side | null): string[] {
  const { stages } = parseDockerfile(is.text);
  return whyItRan(record(is), was && record(was)).map(({ stage, instruction, reason }) => {
    const words = reasonInWords(reason, (place) => {
      const at = stages[place.stage]!.instructions[place.instruction]!;
      return `${at.keyword} ${at.text}`;
    });
    return `${stage}:${instruction} ${words}`;
  });
}

const GO = `FROM golang:1.19 AS build
ARG VERSION=1
COPY go.mod ./
RUN go mod download
COPY . .
RUN go build
FROM alpine
COPY --from=build /app /
RUN /app
`;
const FILES = { "go.mod": "m", "main.go": "a", "README.md": "r" };
const was: Side = { text: GO, files: FILES };

test.each<[string, Side, Side | null, string[]]>([
  ["nothing ran", { ...was, cached: ["0:2", "0:3", "0:4", "0:5", "1:1", "1:2"] }, was, []],
  [
    "a file changed",
    { ...was, files: { ...FILES, "main.go": "b" }, cached: ["0:2", "0:3"] },
    was,
    [
      "0:4 main.go changed",
      "0:5 COPY . . before it ran: main.go changed",
      "1:1 COPY . . before it ran: main.go changed",
      "1:2 COPY . . before it ran: main.go changed",
    ],
  ],
  [
    "files came and went",
    { ...was, files: { "go.mod": "m", "main.go": "a", x: "1" }, cached: ["0:2", "0:3", "0:5", "1:1", "1:2"] },
    was,
    ["0:4 x is new, README.md is gone"],
  ],
  [
    "an ignored file changed, and is no reason",
    {
      ...was,
      ignore: "README.md",
      files: { ...FILES, "README.md": "s" },
      cached: ["0:2", "0:3", "0:5", "1:1", "1:2"],
    },
    { ...was, ignore: "README.md" },
    ["0:4 nothing of it changed; the host had its result no more"],
  ],
  [
    "an instruction was changed",
    { ...was, text: GO.replace("RUN go build", "RUN go build -v"), cached: ["0:2", "0:3", "0:4"] },
    was,
    [
      "0:5 the instruction was changed, it was RUN go build",
      "1:1 RUN go build -v before it ran: the instruction was changed, it was RUN go build",
      "1:2 RUN go build -v before it ran: the instruction was changed, it was RUN go build",
    ],
  ],
  [
    "an instruction is new",
    {
      ...was,
      text: GO.replace("RUN go build", "RUN go vet\nRUN go build"),
      cached: ["0:2", "0:3", "0:4", "0:6", "1:1", "1:2"],
    },
    was,
    ["0:5 the instruction is new"],
  ],
  [
    "a build argument changed",
    { ...was, options: { buildArgs: { VERSION: "2" } }, cached: ["0:2", "0:4", "0:5", "1:1", "1:2"] },
    was,
    ["0:3 VERSION is 2, and was 1"],
  ],
  [
    "another image behind the same name",
    { ...was, base: "bb", cached: ["0:3", "0:4", "0:5", "1:2"] },
    was,
    ["0:2 golang:1.19 is another image now than it was", "1:1 alpine is another image now than it was"],
  ],
  [
    "the cache was not asked",
    { ...was, options: { noCache: true }, cached: ["0:2", "0:3", "0:4", "0:5", "1:1"] },
    was,
    ["1:2 the build was asked not to use the cache"],
  ],
  [
    "the cache was not asked for one stage",
    { ...was, options: { noCacheStages: ["Build"] }, cached: ["0:2", "0:3", "0:4", "1:1", "1:2"] },
    was,
    ["0:5 the build was asked not to use the cache"],
  ],
  [
    "another platform",
    { ...was, options: { platform: "linux/arm64" }, cached: ["0:3", "0:4", "0:5", "1:1", "1:2"] },
    was,
    ["0:2 it is built for linux/arm64, and was for the host’s own"],
  ],
  [
    "the first build",
    { ...was, cached: ["0:3", "0:4", "0:5", "1:1", "1:2"] },
    null,
    ["0:2 no earlier build had it"],
  ],
  [
    "the earlier build ended before it",
    { ...was, cached: ["0:2", "0:3", "0:4", "0:5", "1:1"] },
    { ...was, waiting: ["1:2"] },
    ["1:2 the earlier build did not come that far"],
  ],
  [
    "a context that is not known any more",
    { ...was, cached: ["0:2", "0:3", "0:5", "1:1", "1:2"] },
    { text: GO },
    ["0:4 nothing of it changed; the host had its result no more"],
  ],
])("why a step ran: %s", (_, is, before, reasons) => {
  expect(why(is, before)).toEqual(reasons);
});

test.each<[string, Partial<Side>, string[]]>([
  ["a file of it changed", { named: { deps: { a: "2", b: "1" } } }, ["0:1 in the context deps, a changed"]],
  [
    "another file than is copied",
    { named: { deps: { a: "1", b: "2" } } },
    ["0:1 nothing of it changed; the host had its result no more"],
  ],
  [
    "one of that name in the build context",
    { files: { a: "2" } },
    ["0:1 nothing of it changed; the host had its result no more"],
  ],
  ["it is not known any more", { named: {} }, ["0:1 nothing of it changed; the host had its result no more"]],
])("a copy from a named context: %s", (_, changed, said) => {
  const was: Side = {
    text: "FROM busybox\nCOPY --from=Deps a /a\n",
    files: { a: "1" },
    named: { deps: { a: "1", b: "1" } },
  };
  expect(why({ ...was, ...changed }, was)).toEqual(said);
});
