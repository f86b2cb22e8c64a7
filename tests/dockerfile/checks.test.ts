import { describe, expect, it } from "vitest";
import { checkDockerfile, parseDockerfile, RULES } from "../../lib/dockerfile";
import type { CheckOptions } from "../../lib/dockerfile/checks";

function check(source: string, options: CheckOptions = {}): string[] {
  return checkDockerfile(parseDockerfile(source), options).findings.map(
    (each) => `${each.rule} ${each.line}: ${each.message}`,
  );
}

const AMD = { os: "linux", architecture: "amd64", variant: "", osVersion: "" };
const ARM = { ...AMD, architecture: "arm64" };

const BROKEN: [source: string, findings: string[]][] = [
  ["FROM scratch AS Base", ["StageNameCasing 1: Stage name 'Base' should be lowercase"]],
  ["FROM scratch as base", ["FromAsCasing 1: 'as' and 'FROM' keywords' casing do not match"]],
  ["FROM scratch\nRUN a \\\n\n b\n", ["NoEmptyContinuation 4: Empty continuation line"]],
  [
    "FROM scratch\nRUN a\nrun b\n",
    [
      "ConsistentInstructionCasing 3: Command 'run' should match the case of the command majority (uppercase)",
    ],
  ],
  [
    "from scratch\nrun a\nRUN b\n",
    [
      "ConsistentInstructionCasing 3: Command 'RUN' should match the case of the command majority (lowercase)",
    ],
  ],
  [
    "FROM scratch AS x\nFROM scratch AS x",
    ['DuplicateStageName 2: Duplicate stage name "x", stage names should be unique'],
  ],
  [
    "FROM a AS context",
    ['ReservedStageName 1: Stage name should not use the same name as reserved stage "context"'],
  ],
  [
    "FROM a\nCMD x y",
    [
      "JSONArgsRecommended 2: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals",
    ],
  ],
  ['FROM a\nSHELL ["sh"]\nENTRYPOINT x', []],
  [
    "FROM a\nMAINTAINER me",
    ["MaintainerDeprecated 2: Maintainer instruction is deprecated in favor of using label"],
  ],
  [
    `ARG VERSION=1\nFROM a:\${VERSON:-1}`,
    ["UndefinedArgInFrom 2: FROM argument 'VERSON' is not declared (did you mean VERSION?)"],
  ],
  [
    "FROM a\nWORKDIR x\nWORKDIR y\n",
    ['WorkdirRelativePath 2: Relative workdir "x" can have unexpected results if the base image changes'],
  ],
  ["FROM a AS b\nWORKDIR /x\nFROM b\nWORKDIR y\n", []],
  [
    "FROM a\nCOPY $FOO /\nARG FOO\nCOPY $FOO $PATH /\n",
    ["UndefinedVar 2: Usage of undefined variable '$FOO'"],
  ],
  [
    "FROM a\nENV DIR=/x\nWORKDIR $DIRS",
    [
      "UndefinedVar 3: Usage of undefined variable '$DIRS' (did you mean $DIR?)",
      'WorkdirRelativePath 3: Relative workdir "" can have unexpected results if the base image changes',
    ],
  ],
  ["FROM a AS b\nARG V=1\nFROM b\nCOPY x$V /", []],
  ["FROM a\nCOPY <<E <<'Q' /x/\n$V\nE\n$V\nQ\n", ["UndefinedVar 2: Usage of undefined variable '$V'"]],
  ["FROM a\nRUN echo $ANY", []],
  ["FROM a\nRUN --mount=type=cache,target=/$X ls", ["UndefinedVar 2: Usage of undefined variable '$X'"]],
  [
    'FROM a\nCMD ["x"]\nCMD ["y"]',
    [
      "MultipleInstructionsDisallowed 2: Multiple CMD instructions should not be used in the same stage because only the last one will be used",
    ],
  ],
  [
    "FROM a\nENV K v w\nLABEL k v",
    [
      'LegacyKeyValueFormat 2: "ENV key=value" should be used instead of legacy "ENV key value" format',
      'LegacyKeyValueFormat 3: "LABEL key=value" should be used instead of legacy "LABEL key value" format',
    ],
  ],
  [
    "FROM --platform=$TARGETPLATFORM a",
    [
      "RedundantTargetPlatform 1: Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior",
    ],
  ],
  [
    "FROM a\nARG API_KEY\nENV DB_PASSWORD=x PUBLIC_KEY=y",
    [
      'SecretsUsedInArgOrEnv 2: Do not use ARG or ENV instructions for sensitive data (ARG "API_KEY")',
      'SecretsUsedInArgOrEnv 3: Do not use ARG or ENV instructions for sensitive data (ENV "DB_PASSWORD")',
    ],
  ],
  [
    "ARG V\nFROM a:$V",
    ["InvalidDefaultArgInFrom 2: Default value for ARG a:$V results in empty or invalid base image name"],
  ],
  [
    "FROM a AS b-\nFROM b-",
    ["InvalidDefaultArgInFrom 2: Default value for ARG b- results in empty or invalid base image name"],
  ],
  [
    "FROM --platform=linux/amd64 a",
    ['FromPlatformFlagConstDisallowed 1: FROM --platform flag should not use constant value "linux/amd64"'],
  ],
  ["FROM --platform=linux/amd64 a AS build-amd64", []],
  [
    "FROM a\nEXPOSE 80/TCP",
    ["ExposeProtoCasing 2: Defined protocol '80/TCP' in EXPOSE instruction should be lowercase"],
  ],
  [
    "FROM a\nEXPOSE 1.2.3.4:80:80",
    [
      "ExposeInvalidFormat 2: EXPOSE instruction should not define an IP address or host-port mapping, found '1.2.3.4:80:80'",
    ],
  ],
  // what ONBUILD holds back is checked where it runs
  [
    "FROM a AS b\nONBUILD CMD x\nFROM b\n",
    [
      "JSONArgsRecommended 3: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals",
    ],
  ],
  // asked for only
  ["# about\nFROM a AS b", []],
  [
    "# check=experimental=all\n# about\nFROM a AS b",
    ["InvalidDefinitionDescription 3: Comment for FROM should follow the format: `# b <description>`"],
  ],
  // turned off
  ["# check=skip=StageNameCasing\nFROM a AS B", []],
  ["# check=skip=all\nFROM a AS B\nCMD x", []],
  ["# check=skip=X,StageNameCasing;error=true\nFROM a AS B", []],
  ["#!/x\n# check=skip=StageNameCasing\nFROM a AS B", []],
  [
    "FROM a\n# check=skip=JSONArgsRecommended\nENTRYPOINT x\nCMD y",
    [
      "JSONArgsRecommended 4: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals",
    ],
  ],
];

describe("checkDockerfile", () => {
  it.each(BROKEN)("%j", (source, findings) => {
    expect(check(source).sort()).toEqual([...findings].sort());
  });

  it("has BuildKit's 22 rules, each with its page but for the one that has none", () => {
    expect(RULES).toHaveLength(22);
    expect(new Set(RULES.map((rule) => rule.name)).size).toBe(22);
    expect(RULES.filter((rule) => rule.url === undefined).map((rule) => rule.name)).toEqual([
      "InvalidBaseImagePlatform",
    ]);
  });

  it("knows what the context keeps out where it is told", () => {
    const isIgnored = (path: string) => path === "a/b";
    expect(check("FROM x\nCOPY ./a//b c /d/\nADD a/b /\nCOPY --from=y a/b /\n", { isIgnored })).toEqual([
      'CopyIgnoredFile 2: Attempting to Copy file "a/b" that is excluded by .dockerignore',
      'CopyIgnoredFile 3: Attempting to Add file "a/b" that is excluded by .dockerignore',
    ]);
  });

  it("knows what an image was pulled as where it is told", () => {
    const imagePlatform = () => ({ os: "linux", architecture: "arm64", variant: "", osVersion: "" });
    expect(check("FROM x\nFROM --platform=linux/arm64 y AS arm64\n", { imagePlatform })).toEqual([
      'InvalidBaseImagePlatform 1: Base image x was pulled with platform "linux/arm64", expected "linux/amd64" for current build',
    ]);
  });

  it("takes build arguments and images' environments into account", () => {
    const options: CheckOptions = {
      buildArgs: new Map([["V", "/abs"]]),
      imageEnvironment: (ref) => (ref === "go" ? new Map([["GOPATH", "/go"]]) : null),
    };
    expect(check("FROM go\nARG V=rel\nWORKDIR $V\nCOPY . $GOPATH\n", options)).toEqual([]);
  });

  it.each<[what: string, source: string, options: CheckOptions, findings: string[]]>([
    [
      "of a FROM with its build arguments",
      "ARG V\nFROM a:$V$W\n",
      { buildArgs: new Map([["W", "1"]]) },
      [
        "InvalidDefaultArgInFrom 2: Default value for ARG a:$V$W results in empty or invalid base image name",
        "UndefinedArgInFrom 2: FROM argument 'W' is not declared (did you mean V?)",
      ],
    ],
    [
      "of instructions in the stages that the target needs alone",
      "FROM a AS x\nENV A=$A\nFROM b AS y\nENV B=$B\nFROM y AS Z\nENV C=$C\n",
      { target: "y" },
      [
        "StageNameCasing 5: Stage name 'Z' should be lowercase",
        "UndefinedVar 4: Usage of undefined variable '$B'",
      ],
    ],
    [
      "of no instruction of a stage that a context replaces in this build",
      "FROM a AS x\nENV A=$A\nFROM x\nENV B=$B\n",
      { target: 1, contexts: new Map([["x", "docker-image://c"]]) },
      ["UndefinedVar 4: Usage of undefined variable '$B'"],
    ],
    [
      "of a replaced stage where no target is asked for",
      "FROM a AS x\nENV A=$A\nFROM x\nENV B=$A\n",
      { contexts: new Map([["x", "docker-image://c"]]) },
      ["UndefinedVar 2: Usage of undefined variable '$A'"],
    ],
    [
      "of what the image in a stage's place sets",
      "FROM a AS x\nENV A=1\nFROM x\nENV B=$A$GO\n",
      {
        target: 1,
        contexts: new Map([["x", "docker-image://c"]]),
        imageEnvironment: (ref) => new Map(ref === "c" ? [["GO", "1"]] : []),
      },
      ["UndefinedVar 4: Usage of undefined variable '$A' (did you mean $GO?)"],
    ],
    [
      "of images for the platform of the build, and of none that a context stands in for",
      "FROM --platform=$BUILDPLATFORM a AS x\nFROM b\nCOPY --from=c / /\nCOPY --from=d / /\n",
      {
        platform: ARM,
        buildPlatform: AMD,
        imagePlatform: () => AMD,
        contexts: new Map([["d", "docker-image://e"]]),
      },
      [
        'InvalidBaseImagePlatform 2: Base image b was pulled with platform "linux/amd64", expected "linux/arm64" for current build',
        'InvalidBaseImagePlatform 3: Base image c was pulled with platform "linux/amd64", expected "linux/arm64" for current build',
      ],
    ],
    [
      "of an image that only an ONBUILD of the base names, where it is run",
      "FROM scratch AS x\nONBUILD COPY --from=a / /\nFROM x\nFROM x\n",
      { target: 2, imagePlatform: () => ARM },
      [
        'InvalidBaseImagePlatform 4: Base image a was pulled with platform "linux/arm64", expected "linux/amd64" for current build',
      ],
    ],
    [
      "of no image that the target does not need",
      "FROM a AS x\nFROM b\n",
      { target: "x", imagePlatform: () => ARM },
      [
        'InvalidBaseImagePlatform 1: Base image a was pulled with platform "linux/arm64", expected "linux/amd64" for current build',
      ],
    ],
    [
      "of the image that a build argument names",
      "ARG BASE=a\nFROM $BASE\n",
      { buildArgs: new Map([["BASE", "z"]]), imagePlatform: (ref) => (ref === "z" ? ARM : AMD) },
      [
        'InvalidBaseImagePlatform 2: Base image z was pulled with platform "linux/arm64", expected "linux/amd64" for current build',
      ],
    ],
    [
      "as a build argument for it asks, not as the file does",
      "# check=skip=StageNameCasing\nFROM a as B\n",
      { buildArgs: new Map([["BUILDKIT_DOCKERFILE_CHECK", "skip=FromAsCasing"]]) },
      ["StageNameCasing 2: Stage name 'B' should be lowercase"],
    ],
    [
      "of defaults, with what is predefined as it is given",
      "FROM a$TARGETSTAGE\n",
      { buildArgs: new Map([["TARGETSTAGE", "UP"]]) },
      [
        "InvalidDefaultArgInFrom 1: Default value for ARG a$TARGETSTAGE results in empty or invalid base image name",
      ],
    ],
  ])("speaks %s", (_, source, options, findings) => expect(check(source, options)).toEqual(findings));

  it("says when findings make a build fail, and when the option cannot be read", () => {
    const failing = parseDockerfile("# check=error=true\nFROM a AS B");
    expect(checkDockerfile(failing).failsBuild).toBe(true);
    const unreadable = parseDockerfile("# check=skip\nFROM a");
    expect(checkDockerfile(unreadable).configError).toBe('invalid check option "skip"');
  });

  it("points at the words it speaks of", () => {
    const source = "FROM a as B\nARG TOKEN=x\n";
    const { findings } = checkDockerfile(parseDockerfile(source));
    expect(findings.map((each) => source.slice(each.range.start, each.range.end))).toEqual([
      "B",
      "as",
      "TOKEN=x",
    ]);
  });
});
