import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { BuildState, StepStatus } from "@/lib/build/state";
import { parseDockerfile } from "@/lib/dockerfile";
import { buildGraph, EMPTY_GRAPH } from "@/lib/graph/graph";
import { type Facts, lessonAfter, lessonOf, lessons, type PastBuild, progressOf } from "@/lib/learn";

function graphOf(text: string) {
  const tree = parseDockerfile(text);
  return buildGraph(
    tree,
    tree.stages.map(({ index }) => `s${index}`),
    EMPTY_GRAPH,
  );
}

const built = (sizes: Record<string, number>, options: Partial<PastBuild["options"]> = {}): PastBuild => ({
  status: "succeeded",
  options: { target: null, everyStage: true, ...options },
  sizes,
});

/** The build on show, as far as goals read it. */
const shown = (steps: Record<number, StepStatus>, status = "succeeded") =>
  ({
    status,
    stages: [
      { steps: Object.fromEntries(Object.entries(steps).map(([at, step]) => [at, { status: step }])) },
    ],
  }) as unknown as BuildState;

const example = (name: string, file = "") => join(process.cwd(), "examples", name, file);

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))("the lesson %s", (_id, lesson) => {
  test("begins with files that are there, and with nothing done", async () => {
    expect(existsSync(example(lesson.template, "template.json"))).toBe(true);
    const text = lesson.dockerfile ?? (await readFile(example(lesson.template, "Dockerfile"), "utf8"));
    const tree = parseDockerfile(text);
    expect(tree.diagnostics).toEqual([]);
    expect(progressOf(lesson, { graph: graphOf(text), builds: [], build: null })).toEqual({
      done: 0,
      result: null,
    });
  });

  test("is found by its id, which no other has", () => {
    expect(lessons.filter(({ id }) => id === lesson.id)).toEqual([lesson]);
    expect(lessonOf(lesson.id)).toBe(lesson);
  });
});

test("each leads to the next, and the last to none", () => {
  expect(lessons.map(lessonAfter)).toEqual([...lessons.slice(1), undefined]);
  expect(lessonOf("no such lesson")).toBeUndefined();
});

const ONE = built({ 0: 805e6 });
const TWO = built({ 0: 805e6, 1: 8e6 });
const FAILED: PastBuild = { ...ONE, status: "failed" };
const START = 'FROM golang:1.19\nRUN go build -o /app .\nCMD ["/app"]\n';
const NAMED = START.replace("1.19", "1.19 AS builder");
const SECOND = `${NAMED}FROM alpine:3.20\n`;
const COPIED = `${SECOND}COPY --from=builder /app /app\n`;
const MOVED = `${COPIED.replace('CMD ["/app"]\n', "")}CMD ["/app"]\n`;
const LATE = "RUN --mount=type=cache,target=/c go build .\n";
const CACHED = `FROM golang:1.19 AS builder\nCOPY go.mod ./\nRUN go mod download\nCOPY . .\n${LATE}`;
const TESTED = "FROM golang:1.19 AS builder\nFROM builder AS test\nRUN go vet ./...\nFROM alpine\n";

interface Row {
  lesson: string;
  what: string;
  text: string;
  builds?: PastBuild[];
  build?: BuildState;
  done: number;
}

const rows: Row[] = [
  { lesson: "smaller", what: "a build that failed is none", text: START, builds: [FAILED], done: 0 },
  { lesson: "smaller", what: "built", text: START, builds: [ONE], done: 1 },
  { lesson: "smaller", what: "all but the first build", text: MOVED, done: 0 },
  { lesson: "smaller", what: "named", text: NAMED, builds: [ONE], done: 2 },
  {
    lesson: "smaller",
    what: "a stage on the first is no small one",
    text: `${NAMED}FROM builder\n`,
    builds: [ONE],
    done: 2,
  },
  {
    lesson: "smaller",
    what: "nor is one on the same image",
    text: `${NAMED}FROM golang:1.19\n`,
    builds: [ONE],
    done: 2,
  },
  { lesson: "smaller", what: "a second stage", text: SECOND, builds: [ONE], done: 3 },
  { lesson: "smaller", what: "on nothing at all", text: `${NAMED}FROM scratch\n`, builds: [ONE], done: 3 },
  { lesson: "smaller", what: "copied", text: COPIED, builds: [ONE], done: 4 },
  {
    lesson: "smaller",
    what: "copied by number",
    text: COPIED.replace("=builder", "=0"),
    builds: [ONE],
    done: 4,
  },
  { lesson: "smaller", what: "the command moved", text: MOVED, builds: [ONE], done: 5 },
  {
    lesson: "smaller",
    what: "an entry point instead",
    text: MOVED.replace(/CMD/g, "entrypoint"),
    builds: [ONE],
    done: 5,
  },
  {
    lesson: "smaller",
    what: "built again, but not weighed yet",
    text: MOVED,
    builds: [built({}), ONE],
    done: 5,
  },
  { lesson: "smaller", what: "built again", text: MOVED, builds: [TWO, ONE], done: 6 },
  {
    lesson: "smaller",
    what: "built up to the last stage",
    text: MOVED,
    builds: [built({ 1: 8e6 }, { target: 1 }), ONE],
    done: 6,
  },
  {
    lesson: "cache",
    what: "the whole context first",
    text: CACHED.replace("go.mod", "."),
    builds: [ONE],
    done: 1,
  },
  {
    lesson: "cache",
    what: "go.mod first, the rest not yet",
    text: CACHED.replace("COPY . .\n", ""),
    builds: [ONE],
    done: 2,
  },
  {
    lesson: "cache",
    what: "with flags and go.sum",
    text: CACHED.replace("go.mod", "--chown=0 go.mod go.sum").replace("COPY . .\n", ""),
    builds: [ONE],
    done: 2,
  },
  {
    lesson: "cache",
    what: "no cache mount",
    text: CACHED.replace(/--mount\S+ /, ""),
    builds: [ONE],
    done: 3,
  },
  {
    lesson: "cache",
    what: "all ran",
    text: CACHED,
    builds: [ONE],
    build: shown({ 2: "done", 4: "done" }),
    done: 4,
  },
  {
    lesson: "cache",
    what: "all cached",
    text: CACHED,
    builds: [ONE],
    build: shown({ 2: "cached", 4: "cached" }),
    done: 4,
  },
  {
    lesson: "cache",
    what: "still running",
    text: CACHED,
    builds: [ONE],
    build: shown({ 2: "cached", 4: "done" }, "running"),
    done: 4,
  },
  {
    lesson: "cache",
    what: "only the late step ran",
    text: CACHED,
    builds: [ONE],
    build: shown({ 2: "cached", 4: "done" }),
    done: 5,
  },
  {
    lesson: "test-stage",
    what: "a test stage at the end would ship",
    text: "FROM golang AS builder\nFROM builder AS test\n",
    done: 0,
  },
  {
    lesson: "test-stage",
    what: "one on an image has nothing to test",
    text: TESTED.replace("FROM builder", "FROM golang"),
    done: 0,
  },
  {
    lesson: "test-stage",
    what: "nothing run in it",
    text: TESTED.replace("RUN go vet ./...\n", ""),
    done: 1,
  },
  { lesson: "test-stage", what: "not built up to", text: TESTED, builds: [TWO], done: 2 },
  {
    lesson: "test-stage",
    what: "built up to",
    text: TESTED,
    builds: [built({}, { target: 1, everyStage: false })],
    done: 3,
  },
  {
    lesson: "test-stage",
    what: "and then what ships",
    text: TESTED,
    builds: [built({}, { target: 2, everyStage: false }), built({}, { target: 1, everyStage: false })],
    done: 4,
  },
  {
    lesson: "from-image",
    what: "copied from another image",
    text: "FROM alpine\nCOPY --from=nginx /x /x\n",
    done: 0,
  },
  {
    lesson: "from-image",
    what: "copied",
    text: "FROM alpine\nCOPY --from=busybox:musl /bin/busybox /bin/busybox\n",
    done: 1,
  },
  {
    lesson: "from-image",
    what: "started",
    text: 'FROM alpine\nCOPY --from=busybox:musl /b /b\nCMD ["/bin/busybox"]\n',
    done: 2,
  },
  {
    lesson: "from-image",
    what: "from nothing",
    text: 'FROM scratch\nCOPY --from=busybox:musl /b /b\nCMD ["/bin/busybox"]\n',
    done: 3,
  },
  {
    lesson: "from-image",
    what: "built",
    text: 'FROM scratch\nCOPY --from=busybox:musl /b /b\nCMD ["/bin/busybox"]\n',
    builds: [ONE],
    done: 4,
  },
];

test.each(rows)("$lesson: $what", ({ lesson, text, builds = [], build = null, done }) => {
  const facts: Facts = { graph: graphOf(text), builds, build };
  const { tasks } = lessonOf(lesson)!;
  const progress = progressOf(lessonOf(lesson)!, facts);
  expect(progress.done).toBe(done);
  expect(progress.result === null).toBe(done < tasks.length);
});

test("the first says what it came to", () => {
  const { result } = progressOf(lessonOf("smaller")!, {
    graph: graphOf(MOVED),
    builds: [TWO, ONE],
    build: null,
  });
  expect(result).toContain("from 805MB to 8MB, 101 times smaller");
});
