import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseDockerfile } from "@/lib/dockerfile";
import {
  type BuildChoice,
  type BuildFile,
  quoteHcl,
  targetsOf,
  toBake,
  toCompose,
} from "@/lib/graph/export/build-files";
import { PATIENCE, RUNS } from "../laws";

const NOTHING: BuildChoice = { target: null, buildArgs: {}, platform: null, noCache: false };

function file(text: string, choice: Partial<BuildChoice> = {}, title = "My API (v2)"): BuildFile {
  return { tree: parseDockerfile(text), title, choice: { ...NOTHING, ...choice } };
}

const SERVICE = `ARG TAG=3.24
# deps downloads what is needed
FROM golang AS deps
# test runs the tests
FROM deps AS test
FROM deps AS build
FROM alpine:\${TAG}
ARG VERSION
COPY --from=build /app /app
`;

describe("what a build can ask for", () => {
  it.each<[what: string, text: string, target: number | null, found: string[]]>([
    [
      "every named stage, and the last",
      SERVICE,
      null,
      ["deps → deps", "test → test leaf", "build → build", "my-api-v2 → (last) leaf main"],
    ],
    [
      "the chosen one",
      SERVICE,
      2,
      ["deps → deps", "test → test leaf", "build → build main", "my-api-v2 → (last) leaf"],
    ],
    ["no stage without a name but the last", "FROM a\nFROM b\n", 0, ["my-api-v2 → (last) leaf main"]],
    ["of two with one name the later", "FROM a AS x\nFROM b AS x\n", 0, ["x → x leaf main"]],
    [
      "a free name for the last",
      "FROM a AS my-api-v2\nFROM b\n",
      null,
      ["my-api-v2 → my-api-v2 leaf", "my-api-v2-2 → (last) leaf main"],
    ],
    ["nothing of nothing", "# empty\n", null, []],
  ])("%s", (_, text, target, found) => {
    const told = targetsOf(file(text, { target })).map(({ name, target, leaf, main }) =>
      [name, "→", target ?? "(last)", leaf && "leaf", main && "main"].filter(Boolean).join(" "),
    );
    expect(told).toEqual(found);
  });

  it.each([
    ["Résumé — API", "resume-api"],
    ["☃", "app"],
    ["", "app"],
    ["x".repeat(80), "x".repeat(60)],
  ])("calls the last stage of %j %s", (title, name) => {
    expect(targetsOf(file("FROM a\n", {}, title))[0]?.name).toBe(name);
  });
});

describe("compose.yaml", () => {
  it("has a service for what ships, and one with a profile for each other leaf", () => {
    expect(toCompose(file(SERVICE))).toBe(`services:
  my-api-v2:
    build:
      context: "."
      dockerfile: Dockerfile

  # runs the tests
  test:
    profiles:
      - test
    build:
      context: "."
      dockerfile: Dockerfile
      target: test
`);
  });

  it("says what is chosen for the build", () => {
    const { services } = parse(
      toCompose(file(SERVICE, { target: 2, platform: "linux/amd64, linux/arm64", noCache: true })),
    );
    expect(Object.keys(services)).toEqual(["build", "test", "my-api-v2"]);
    expect(services.build).toEqual({
      build: {
        context: ".",
        dockerfile: "Dockerfile",
        target: "build",
        platforms: ["linux/amd64", "linux/arm64"],
        no_cache: true,
      },
    });
  });

  /** As Compose puts variables in: `$$` is a dollar sign, and a single one would begin a name. */
  const interpolated = (value: string) => {
    expect(value.replaceAll("$$", "")).not.toContain("$");
    return value.replaceAll("$$", "$");
  };

  it("gives back every build argument as it was, whatever it holds", PATIENCE, () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })),
        (buildArgs) => {
          const { services } = parse(toCompose(file("FROM a\n", { buildArgs })), { version: "1.1" });
          const args: Record<string, string> = services["my-api-v2"].build.args ?? {};
          const told = Object.entries(args).map(([name, value]) => [name, interpolated(value)]);
          expect(Object.fromEntries(told)).toEqual({ ...buildArgs });
        },
      ),
      RUNS,
    );
  });

  it.each([
    "yes",
    "on",
    "null",
    "~",
    "08",
    "12:30",
    "1e3",
    "$HOME",
    "a: b",
    "# c",
    "- x",
    "\n",
    "\n\tx",
    "'\"",
    "=",
    "",
  ])("keeps %j text", (value) => {
    const { services } = parse(toCompose(file("FROM a\n", { buildArgs: { X: value } })), { version: "1.1" });
    expect(interpolated(services["my-api-v2"].build.args.X)).toBe(value);
  });

  it("lets no comment of the Dockerfile begin a line of its own", () => {
    const text = toCompose(file("# x a\u2028evil: true\u0085more\nFROM a AS x\n"));
    expect(text.split(/[\n\u0085\u2028]/)).toHaveLength(text.split("\n").length);
  });
});

/** All that can be chosen; Docker Compose and `docker buildx bake --print` read what is expected of it below. */
const EVERYTHING: BuildChoice = {
  target: null,
  buildArgs: { A: "1" },
  platform: "linux/amd64",
  noCache: false,
  noCacheStages: ["deps"],
  contexts: { base: "docker-image://alpine:3.20", src: "sub" },
  pull: true,
  labels: { "a.b": "c$d" },
  tags: ["me/app:1"],
  network: "host",
  addHosts: { db: "::1" },
  ulimits: { nofile: "1024:2048", nproc: "10", core: undefined },
  secrets: ["npm.token"],
  ssh: ["default"],
  cacheFrom: ["me/app:cache"],
  cacheInline: true,
  cacheTo: { image: "me/app:cache", mode: "min" },
};

describe("everything that can be chosen", () => {
  const LEAVES = "FROM a AS deps\nFROM b AS test\nFROM deps\n";

  it("is in compose.yaml, the image's names with what they are for alone", () => {
    const text = toCompose(file(LEAVES, EVERYTHING, "app"));
    expect(text).toMatch(/^# Compose can't build single stages without the cache; chosen were: deps\n/);
    const { services, secrets } = parse(text);
    expect(secrets).toEqual({ "npm.token": { environment: "npm.token" } });
    const common = {
      context: ".",
      dockerfile: "Dockerfile",
      args: { A: "1" },
      additional_contexts: { base: "docker-image://alpine:3.20", src: "sub" },
      platforms: ["linux/amd64"],
      labels: { "a.b": "c$$d" },
      network: "host",
      extra_hosts: { db: "::1" },
      ulimits: { nofile: { soft: 1024, hard: 2048 }, nproc: 10 },
      secrets: ["npm.token"],
      ssh: ["default"],
      cache_from: ["me/app:cache"],
      cache_to: ["type=inline", "type=registry,ref=me/app:cache,mode=min"],
      pull: true,
    };
    expect(services).toEqual({
      app: { build: { ...common, tags: ["me/app:1"] } },
      test: { profiles: ["test"], build: { ...common, target: "test" } },
    });
  });

  it("is in docker-bake.hcl, the image's names with what they are for alone", () => {
    const text = toBake(file(LEAVES, EVERYTHING, "app"));
    expect(text.match(/tags/g)).toHaveLength(1);
    expect(text).toContain(`target "app" {
  inherits = ["_common"]
  tags     = ["me/app:1"]
}`);
    expect(text).toContain(`target "_common" {
  context         = "."
  dockerfile      = "Dockerfile"
  args            = {
    "A" = A
  }
  contexts        = {
    "base" = "docker-image://alpine:3.20"
    "src" = "sub"
  }
  platforms       = ["linux/amd64"]
  labels          = {
    "a.b" = "c$d"
  }
  network         = "host"
  extra-hosts     = {
    "db" = "::1"
  }
  ulimits         = ["nofile=1024:2048", "nproc=10"]
  secret          = ["id=npm.token"]
  ssh             = ["default"]
  cache-from      = ["type=registry,ref=me/app:cache"]
  cache-to        = ["type=inline", "type=registry,ref=me/app:cache,mode=min"]
  no-cache-filter = ["deps"]
  pull            = true
}`);
  });

  it("pushes only what the image's names are for", () => {
    const bake = toBake(file(LEAVES, { ...EVERYTHING, output: "push" }, "app"));
    expect(bake.match(/output/g)).toHaveLength(1);
    expect(bake).toContain(`target "app" {
  inherits = ["_common"]
  tags     = ["me/app:1"]
  output   = ["type=registry"]
}`);
  });

  it("leaves out what another choice makes idle", () => {
    const idle = { ...EVERYTHING, noCache: true, output: "discard" } as const;
    const bake = toBake(file(LEAVES, idle, "app"));
    expect(bake).not.toMatch(/no-cache-filter|tags/);
    expect(bake).toMatch(/^ {2}output +=/m);
    expect(toCompose(file(LEAVES, idle, "app"))).not.toMatch(/^#|tags/);
  });
});

describe("docker-bake.hcl", () => {
  it("has a target for each stage that has a name, variables for arguments, and a default group", () => {
    expect(
      toBake(file(SERVICE, { buildArgs: { VERSION: "1.2" }, platform: "linux/arm64", noCache: true })),
    ).toBe(`# null: the Dockerfile's own default, 3.24
variable "TAG" {
  default = null
}

variable "VERSION" {
  default = "1.2"
}

group "default" {
  targets = ["my-api-v2"]
}

target "_common" {
  context    = "."
  dockerfile = "Dockerfile"
  args       = {
    "TAG" = TAG
    "VERSION" = VERSION
  }
  platforms  = ["linux/arm64"]
  no-cache   = true
}

# downloads what is needed
target "deps" {
  inherits = ["_common"]
  target   = "deps"
}

# runs the tests
target "test" {
  inherits = ["_common"]
  target   = "test"
}

target "build" {
  inherits = ["_common"]
  target   = "build"
}

target "my-api-v2" {
  inherits = ["_common"]
}
`);
  });

  it.each<[what: string, text: string, buildArgs: Record<string, string>, holds: string[], lacks: string[]]>([
    ["a dot becomes a dash", "FROM a AS v1.2\n", {}, ['target "v1-2" {', 'target   = "v1.2"'], []],
    [
      "no two targets have one name",
      "FROM a AS a.b\nFROM a AS a-b\n",
      {},
      ['target "a-b" {', 'target "a-b-2" {', 'targets = ["a-b-2"]'],
      [],
    ],
    ["a stage named default is not the group", "FROM a AS default\n", {}, ['targets = ["default-2"]'], []],
    [
      "what every shell sets is no variable",
      "FROM a\nARG HOME\nARG PATH=/x\n",
      { HOME: "/h" },
      ['"HOME" = "/h"'],
      ["variable", "PATH"],
    ],
    [
      "what is no name in HCL is no variable",
      "FROM a\n",
      { "a.b": "1", "9": "2" },
      ['"a.b" = "1"', '"9" = "2"'],
      ["variable"],
    ],
    [
      "what BuildKit gives is left to it",
      "FROM a\nARG TARGETARCH\nARG BUILDPLATFORM\n",
      {},
      [],
      ["TARGETARCH", "BUILDPLATFORM"],
    ],
  ])("%s", (_, text, buildArgs, holds, lacks) => {
    const hcl = toBake(file(text, { buildArgs }));
    for (const part of holds) expect(hcl).toContain(part);
    for (const part of lacks) expect(hcl).not.toContain(part);
  });

  // What `docker buildx bake --print` gave back unchanged.
  it.each([
    ['say "hi"', '"say \\"hi\\""'],
    ["a\\b", '"a\\\\b"'],
    ["${x}", '"$${x}"'],
    ["%{if x}", '"%%{if x}"'],
    ["$${z}", '"$\\u0024{z}"'],
    ["$$${w}", '"$$\\u0024{w}"'],
    ["%%{v}", '"%\\u0025{v}"'],
    ["$ % $$ {q}", '"$ % $$ {q}"'],
    ["\n\r\t\u0001", '"\\n\\r\\t\\u0001"'],
    ["é 🙂", '"é 🙂"'],
    ["\ud800", '"\ufffd"'],
  ])("quotes %j", (text, quoted) => expect(quoteHcl(text)).toBe(quoted));

  it("gives every text back, without a template or an end of the quotes in it", PATIENCE, () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("$", "%", "{", "}", '"', "\\", "\n", "a") }), (text) => {
        expect(readHcl(quoteHcl(text))).toBe(text);
      }),
      RUNS,
    );
  });
});

/** A quoted template as hclsyntax reads it, where it is all text; throws at what would be more. */
function readHcl(quoted: string): string {
  expect(quoted).toMatch(/^".*"$/);
  return quoted
    .slice(1, -1)
    .replace(/\\u(....)|\\(.)|([$%])\3\{|[$%]\{|["\n]|./gs, (found, code, escaped, sign) => {
      if (code) return String.fromCharCode(Number.parseInt(code, 16));
      if (escaped) return { n: "\n", r: "\r", t: "\t" }[escaped as string] ?? escaped;
      if (sign) return `${sign}{`;
      if (/^([$%]\{|["\n])$/.test(found)) throw new Error(`${found} stands bare in ${quoted}`);
      return found;
    });
}
