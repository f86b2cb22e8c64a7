import { describe, expect, test } from "vitest";
import { buildCommand } from "../../lib/build/command";
import { buildOptionsSchema } from "../../lib/build/events";
import { finalSize } from "../../lib/build/history";
import { imageOf, internalKind, shortReference, stepName } from "../../lib/build/names";
import { problemsOf } from "../../lib/build/problems";
import { colouredText, foldReturns, plainText } from "../../lib/build/terminal";
import { parseDockerfile } from "../../lib/dockerfile";

const options = (part: object = {}) => buildOptionsSchema.parse(part);

/** Stages by name; "" is one without. */
test.each<[string | null, ReturnType<typeof options>, string[], boolean]>([
  ["docker build .", options(), [""], true],
  ["docker build - < Dockerfile", options(), [""], false],
  ["docker build --target production .", options({ target: 1 }), ["", "production", ""], true],
  ["docker build --target production .", options({ target: 1 }), ["", "production"], true],
  ["docker build .", options({ target: 1 }), ["a", ""], true],
  [null, options({ target: 0 }), ["", "b"], true],
  [null, options({ target: 0 }), ["a", "a"], true],
  ["docker build --target a .", options({ target: 1 }), ["a", "a"], true],
  ["docker build --no-cache .", options({ noCache: true }), [""], true],
  ["docker build --platform linux/arm64 .", options({ platform: "linux/arm64" }), [""], true],
  ["docker build --ssh a --ssh default .", options({ ssh: ["a"], sshAgent: true }), [""], true],
  ["docker build --build-arg 'WHO=it'\\''s me' .", options({ buildArgs: { WHO: "it's me" } }), [""], true],
  ["docker build --build-arg 'X=$(reboot)' .", options({ buildArgs: { X: "$(reboot)" } }), [""], true],
  [
    "docker build --build-context base=docker-image://alpine:3.20 --build-context lib=./deep/lib --build-context all=. --build-context sent=./sent .",
    options({
      contexts: {
        base: "docker-image://alpine:3.20",
        lib: "./deep/lib",
        all: ".",
        sent: `attached:${"a".repeat(64)}`,
      },
    }),
    [""],
    true,
  ],
  [
    "docker build --no-cache-filter test --pull --cache-from app:cache --cache-to type=inline .",
    options({ noCacheStages: ["test"], pull: true, cacheFrom: ["app:cache"], cacheInline: true }),
    [""],
    true,
  ],
  ["docker build --no-cache .", options({ noCache: true, noCacheStages: ["test"] }), [""], true],
  [
    "docker build --label 'who=it is me' --tag me/app:1 --tag app .",
    options({ labels: { who: "it is me" }, tags: ["me/app:1", "app"] }),
    [""],
    true,
  ],
  [
    "docker build --network none --add-host db:10.0.0.2 --ulimit nofile=1024:2048 .",
    options({ network: "none", addHosts: { db: "10.0.0.2" }, ulimits: { nofile: "1024:2048" } }),
    [""],
    true,
  ],
  ["docker build --secret id=npm/token .", options({ secrets: ["npm/token"] }), [""], true],
  ["docker build --ssh default --ssh deploy .", options({ ssh: ["default", "deploy"] }), [""], true],
  [
    "docker build --cache-to type=inline --cache-to type=registry,ref=r.io/app:cache,mode=max .",
    options({ cacheInline: true, cacheTo: { image: "r.io/app:cache", mode: "max" } }),
    [""],
    true,
  ],
  ["docker build --tag r.io/app --push .", options({ output: "push", tags: ["r.io/app"] }), [""], true],
  ["docker build --output type=cacheonly .", options({ output: "discard", tags: ["app"] }), [""], true],
])("%s", (command, wanted, names, hasContext) => {
  const stages = names.map((name) => ({ name: name || null }));
  expect(buildCommand(wanted, stages, hasContext)).toBe(command);
});

test.each([
  ["[builder 1/4] FROM docker.io/library/golang:1.23@sha256:abc", "golang:1.23"],
  ["FROM docker.io/library/nginx:1.27", "nginx:1.27"],
  ["[stage-1 1/2] FROM ghcr.io/acme/base:v2", "ghcr.io/acme/base:v2"],
  ["[builder 2/4] RUN echo FROM here", null],
  ["[builder 2/4] COPY --from=x /a /b", null],
])("the image of %s", (name, image) => expect(imageOf({ name })).toBe(image));

test("a reference by digest alone keeps the beginning of it", () => {
  expect(shortReference(`docker.io/library/alpine@sha256:${"0123456789ab".padEnd(64, "c")}`)).toBe(
    "alpine@sha256:0123456789ab",
  );
});

test.each([
  ["[internal] load build context", "context"],
  ["[context more] load from client", "context"],
  ["[internal] load build definition from Dockerfile", "prepare"],
  ["[internal] load .dockerignore", "prepare"],
  ["[internal] load metadata for docker.io/library/busybox:latest", "prepare"],
  ["exporting to image", "export"],
])("%s is %s", (name, kind) => expect(internalKind({ name })).toBe(kind));

test("a step's name is the instruction, else its digest", () => {
  expect(stepName({ name: "[builder 2/4] RUN go build", digest: "sha256:1" })).toBe("RUN go build");
  expect(stepName({ name: "", digest: `sha256:${"ab".repeat(32)}` })).toBe("abababababab");
});

describe("terminal", () => {
  test.each([
    ["plain", "plain", "plain"],
    ["\x1b[31mred\x1b[0m", "red", "\x1b[31mred\x1b[0m"],
    ["\x1b[2K\x1b[1Aup", "up", "up"],
    ["\x1b]8;;http://x\x07link\x1b]8;;\x07", "link", "link"],
    ["a\x07\x00b\tc", "ab\tc", "ab\tc"],
    ["broken \x1b", "broken ", "broken "],
  ])("%j", (text, plain, coloured) => {
    expect(plainText(text)).toBe(plain);
    expect(colouredText(text)).toBe(coloured);
  });

  test.each([
    ["1%\r2%\r3%", "3%"],
    ["1%\r", "1%\r"],
    ["1%\r2%\r", "2%\r"],
    ["\r\r", "\r"],
    ["", ""],
  ])("%j folds to %j", (line, folded) => expect(foldReturns(line)).toBe(folded));
});

test.each([
  ["the target", { target: 0 }, "succeeded", { 0: 5, 1: 7 }, 5],
  ["the last stage", {}, "succeeded", { 0: 5, 1: 7 }, 7],
  ["a failed build has no result", {}, "failed", { 0: 5 }, null],
  ["not weighed", {}, "succeeded", {}, null],
])("final size: %s", (_, wanted, status, sizes, size) => {
  expect(finalSize({ status, options: options(wanted), sizes })).toBe(size);
});

describe("problems", () => {
  const tree = parseDockerfile("FROM a AS one\nRUN x\n\nFROM one\nCOPY --from=one /y /z\n");

  test("the build's error stands at its instruction, with its line of today", () => {
    const [problem] = problemsOf(tree, {
      status: "failed",
      error: {
        message: "failed",
        detail: "whole",
        exitCode: 3,
        place: { stage: 1, instruction: 1 },
        lines: [90, 90],
      },
      warnings: [],
    });
    expect(problem).toMatchObject({
      severity: "error",
      line: 5,
      exitCode: 3,
      detail: "whole",
      from: "build",
    });
  });

  test("a warning that comes once for each stage is shown once, after errors", () => {
    const warning = { message: "careful", lines: [2, 2] as [number, number] };
    const problems = problemsOf(tree, {
      status: "failed",
      error: { message: "failed" },
      warnings: [warning, { ...warning }],
    });
    expect(problems.map((each) => [each.severity, each.message, each.line, each.place])).toEqual([
      ["error", "failed", null, null],
      ["warning", "careful", 2, { stage: 0, instruction: 1 }],
    ]);
  });

  test("a check that the text shows already is not told again by the build", () => {
    const finding = {
      severity: "warning" as const,
      code: "MaintainerDeprecated",
      message: "Maintainer instruction is deprecated in favor of using label",
      range: { start: 14, end: 17 },
    };
    const message = `${finding.code}: ${finding.message} (line 2)`;
    const build = {
      status: "succeeded" as const,
      error: null,
      warnings: [{ message, lines: [2, 2] as [number, number] }],
    };
    expect(problemsOf(tree, build, [finding])).toMatchObject([{ from: "Dockerfile", line: 2, finding }]);
    expect(problemsOf(tree, build)).toMatchObject([{ from: "build", finding: null }]);
  });

  test("what the parser says has its line and instruction", () => {
    const [problem] = problemsOf(parseDockerfile("FROM a\nRUNN x\n"), null);
    expect(problem).toMatchObject({ severity: "error", line: 2, from: "Dockerfile" });
  });
});
