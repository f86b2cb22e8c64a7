import { describe, expect, test } from "vitest";
import { type DockerfileEdit, parseDockerfile, planEdits } from "@/lib/dockerfile";
import { type Connection, planConnection } from "@/lib/graph/connect";
import { applyEdits } from "@/lib/text";

const GO = `FROM golang:1.23 AS builder
WORKDIR /src
COPY . .
RUN go build -o /out/app

FROM builder AS test
RUN go test ./...

FROM alpine:3.20
RUN apk add --no-cache ca-certificates
ENTRYPOINT ["/app"]
`;

const stage = (index: number) => ({ kind: "stage" as const, index });
const image = (ref: string) => ({ kind: "image" as const, ref });

function plan(text: string, connection: Connection) {
  const tree = parseDockerfile(text);
  return planConnection(tree, connection, (edits) => planEdits(tree, edits));
}

function write(text: string, edits: readonly DockerfileEdit[]): string {
  const result = planEdits(parseDockerfile(text), edits);
  if (!result.ok) throw new Error(result.reason);
  return applyEdits(text, result.edits);
}

/** The text once the connection is let go. */
function connected(text: string, connection: Connection): string {
  const planned = plan(text, connection);
  if (!planned.ok) throw new Error(planned.reason);
  return write(text, planned.edits);
}

const place = (stage: number, instruction: number, reference = 0) => ({ stage, instruction, reference });

describe("a connection that Dockerfile can say", () => {
  test.each<[name: string, connection: Connection, line: string, before: string, after: string]>([
    [
      "files to a stage: a COPY of what the source makes, to where the target starts it",
      { kind: "copy", from: stage(0), to: 2 },
      "COPY --from=builder /out/app /app",
      "ENTRYPOINT",
      "COPY --from=builder /out/app /app\nENTRYPOINT",
    ],
    [
      "files to a place between instructions",
      { kind: "copy", from: stage(0), to: 2, at: 1 },
      "COPY --from=builder /out/app /app",
      "RUN apk",
      "COPY --from=builder /out/app /app\nRUN apk",
    ],
    [
      "files of an image",
      { kind: "copy", from: image("nginx:1.27"), to: 2 },
      "COPY --from=nginx:1.27 /etc/nginx/mime.types /app",
      "ENTRYPOINT",
      "COPY --from=nginx:1.27 /etc/nginx/mime.types /app\nENTRYPOINT",
    ],
    [
      "files onto a RUN: a mount",
      { kind: "mount", from: stage(0), to: 2, instruction: 1 },
      "RUN --mount=type=bind,from=builder,source=/out/app,target=/out/app",
      "RUN apk",
      "RUN --mount=type=bind,from=builder,source=/out/app,target=/out/app apk",
    ],
    [
      "base to a stage",
      { kind: "from", from: stage(0), to: 2 },
      "FROM builder",
      "FROM alpine:3.20",
      "FROM builder",
    ],
    [
      "base of an image",
      { kind: "from", from: image("debian:12"), to: 1 },
      "FROM debian:12 AS test",
      "FROM builder AS",
      "FROM debian:12 AS",
    ],
  ])("%s", (_, connection, line, before, after) => {
    expect(plan(GO, connection)).toMatchObject({ ok: true, line });
    expect(connected(GO, connection)).toBe(GO.replace(before, after));
  });

  test("the name that a stage gets for it is told", () => {
    const text = "FROM alpine\nRUN 1\n\nFROM busybox\nRUN 2\n";
    const planned = plan(text, { kind: "from", from: stage(0), to: 1 });
    expect(planned).toMatchObject({ ok: true, notes: [expect.stringContaining('is now called "stage-0"')] });
  });
});

const PULL = `FROM golang AS a
FROM busybox AS b
FROM a AS c
COPY --from=a --chown=1 /x /y
RUN --mount=type=cache,target=/k --mount=from=a,source=/s,dst=/t one
RUN two

FROM alpine
RUN three
CMD ["x"]
`;

describe("an end of an edge, pulled somewhere else", () => {
  test.each<[name: string, connection: Connection, line: string, before: string, after: string]>([
    [
      "the source of a FROM, to an image",
      { kind: "source", edge: place(2, 0), from: image("debian:12") },
      "FROM debian:12 AS c",
      "FROM a AS c",
      "FROM debian:12 AS c",
    ],
    [
      "the source of a COPY, to another stage",
      { kind: "source", edge: place(2, 1), from: stage(1) },
      "COPY --from=b --chown=1 /x /y",
      "--from=a --chown",
      "--from=b --chown",
    ],
    [
      "the source of a mount, to an image",
      { kind: "source", edge: place(2, 2), from: image("node:22") },
      "RUN --mount=from=node:22,source=/s,dst=/t",
      "mount=from=a",
      "mount=from=node:22",
    ],
  ])("%s", (_, connection, line, before, after) => {
    expect(plan(PULL, connection)).toMatchObject({ ok: true, line });
    expect(connected(PULL, connection)).toBe(PULL.replace(before, after));
  });

  const COPY = "COPY --from=a --chown=1 /x /y\n";
  const MOUNT = " --mount=from=a,source=/s,dst=/t";
  test.each<[name: string, connection: Connection, line: string, part: string, before: string]>([
    [
      "the target of a COPY, to another stage: where files are brought in there",
      { kind: "target", edge: place(2, 1), to: 3 },
      COPY.trim(),
      COPY,
      "CMD",
    ],
    [
      "the target of a COPY, to a place in its own stage",
      { kind: "target", edge: place(2, 1), to: 2, at: 3 },
      COPY.trim(),
      COPY,
      "RUN two",
    ],
    [
      "the target of a mount, to a RUN of another stage",
      { kind: "mountTarget", edge: place(2, 2), to: 3, instruction: 1 },
      `RUN${MOUNT}`,
      MOUNT,
      " three",
    ],
    [
      "the target of a mount, to another RUN of its stage",
      { kind: "mountTarget", edge: place(2, 2), to: 2, instruction: 3 },
      `RUN${MOUNT}`,
      MOUNT,
      " two",
    ],
  ])("%s", (_, connection, line, part, before) => {
    expect(plan(PULL, connection)).toMatchObject({ ok: true, line });
    expect(connected(PULL, connection)).toBe(PULL.replace(part, "").replace(before, part + before));
  });
});

describe("a connection that Dockerfile can't say", () => {
  test.each<[string, Connection, RegExp]>([
    ["onto itself, as base", { kind: "from", from: stage(0), to: 0 }, /builder can't be its own base/],
    ["onto itself, as files", { kind: "copy", from: stage(0), to: 0 }, /copies from other stages/],
    ["onto its own RUN", { kind: "mount", from: stage(0), to: 0, instruction: 3 }, /from other stages only/],
    ["files of scratch", { kind: "copy", from: image("scratch"), to: 0 }, /scratch is empty/],
    [
      "a mount of scratch",
      { kind: "mount", from: image("scratch"), to: 2, instruction: 1 },
      /scratch is empty/,
    ],
    ["a base that it has already", { kind: "from", from: stage(0), to: 1 }, /is built on builder already/],
    ["an image that it has already", { kind: "from", from: image("golang:1.23"), to: 0 }, /already/],
    ["the source it has already", { kind: "source", edge: place(1, 0), from: stage(0) }, /already/],
    ["a circle", { kind: "from", from: stage(1), to: 0 }, /^test needs builder already \(line 6\): .*circle/],
    ["not onto a RUN", { kind: "mount", from: stage(0), to: 2, instruction: 2 }, /Only RUN can have a mount/],
  ])("%s", (_, connection, reason) => {
    const planned = plan(GO, connection);
    expect(planned).toMatchObject({ ok: false, remedy: null });
    expect(planned.ok || planned.reason).toMatch(reason);
  });

  test("a circle through others names them", () => {
    const text = "FROM a AS x\nFROM x AS y\nFROM b AS z\nCOPY --from=y / /\n";
    expect(plan(text, { kind: "copy", from: stage(2), to: 0 })).toMatchObject({
      reason: "z needs x already, through y (lines 4 and 2): together they would go in a circle.",
    });
  });

  test("where editing is not allowed at all, the reason given is passed on", () => {
    const tree = parseDockerfile(GO);
    const planned = planConnection(tree, { kind: "copy", from: stage(0), to: 2 }, () => ({
      ok: false,
      reason: "Open for reading only.",
    }));
    expect(planned).toEqual({ ok: false, reason: "Open for reading only.", remedy: null });
  });
});

describe("a refusal with a remedy, which completes what was tried", () => {
  const ORDER =
    "FROM alpine AS first\nRUN 1\n\nFROM busybox AS second\nRUN 2\n\nFROM second AS third\nRUN 3\n";
  test.each<[name: string, text: string, connection: Connection, label: string, after: string]>([
    [
      "a later stage moves up",
      ORDER,
      { kind: "copy", from: stage(1), to: 0 },
      "Move second above first",
      "FROM busybox AS second\nRUN 2\n\nFROM alpine AS first\nRUN 1\nCOPY --from=second / /\n\nFROM second AS third\nRUN 3\n",
    ],
    [
      "and takes along what it needs itself",
      ORDER,
      { kind: "from", from: stage(2), to: 0 },
      "Move second and third above first",
      "FROM busybox AS second\nRUN 2\n\nFROM second AS third\nRUN 3\n\nFROM third AS first\nRUN 1\n",
    ],
    [
      "for a mount",
      ORDER,
      { kind: "mount", from: stage(1), to: 0, instruction: 1 },
      "Move second above first",
      "FROM busybox AS second\nRUN 2\n\nFROM alpine AS first\nRUN --mount=type=bind,from=second,source=/,target=/mnt 1\n\nFROM second AS third\nRUN 3\n",
    ],
    [
      "for a COPY that is pulled to an earlier stage",
      "FROM a AS x\nRUN 1\n\nFROM b AS y\n\nFROM c\nCOPY --from=y /p /q\n",
      { kind: "target", edge: place(2, 1), to: 0 },
      "Move y above x",
      "FROM b AS y\n\nFROM a AS x\nRUN 1\nCOPY --from=y /p /q\n\nFROM c\n",
    ],
    [
      "an image that bears the name of a stage: the stage gets another",
      "FROM golang AS alpine\nRUN 1\n\nFROM busybox\nCOPY --from=alpine /p /q\n",
      { kind: "from", from: image("alpine"), to: 1 },
      "Rename stage 0 to alpine-2",
      "FROM golang AS alpine-2\nRUN 1\n\nFROM alpine\nCOPY --from=alpine-2 /p /q\n",
    ],
    [
      "a stage whose name another has too",
      "FROM a AS x\nRUN 1\n\nFROM b AS x\nRUN 2\n\nFROM c\nRUN 3\n",
      { kind: "mount", from: stage(0), to: 2, instruction: 1 },
      "Rename stage 0 to x-2",
      "FROM a AS x-2\nRUN 1\n\nFROM b AS x\nRUN 2\n\nFROM c\nRUN --mount=type=bind,from=x-2,source=/,target=/mnt 3\n",
    ],
  ])("%s", (_, text, connection, label, after) => {
    const planned = plan(text, connection);
    if (planned.ok || !planned.remedy) throw new Error("Not refused with a remedy");
    expect(planned.remedy.label).toBe(label);
    expect(write(text, planned.remedy.edits)).toBe(after);
  });
});
