import { describe, expect, it } from "vitest";
import { evaluate, parseDockerfile } from "../../../lib/dockerfile";
import { findingsOf, fixesFor, fixFor, ignoresFor } from "../../../lib/dockerfile/service";
import { applyEdits } from "../../../lib/text";

/** The text after the fix of the check's first finding; null where there is no fix. */
function fix(code: string, source: string): string | null {
  const tree = parseDockerfile(source);
  const finding = findingsOf(tree).find((each) => each.code === code);
  if (finding === undefined) throw new Error(`${code} finds nothing in ${JSON.stringify(source)}`);
  const found = fixFor(tree, finding);
  return found && applyEdits(source, found.edits);
}

const FIXED: [code: string, before: string, after: string | null][] = [
  ["StageNameCasing", "FROM a AS Base\nFROM base", "FROM a AS base\nFROM base"],
  ["FromAsCasing", "FROM a as b", "FROM a AS b"],
  ["FromAsCasing", "from a AS b", "from a as b"],
  ["ConsistentInstructionCasing", "FROM a\nrun b\nCOPY c d", "FROM a\nRUN b\nCOPY c d"],
  ["ConsistentInstructionCasing", "from a as b\nRUN b\nCOPY c d", "FROM a AS b\nRUN b\nCOPY c d"],
  ["JSONArgsRecommended", "FROM a\nCMD x  y", 'FROM a\nCMD ["x", "y"]'],
  [
    "JSONArgsRecommended",
    "FROM a\nENTRYPOINT x $Y && z",
    'FROM a\nENTRYPOINT ["/bin/sh", "-c", "x $Y && z"]',
  ],
  ["JSONArgsRecommended", "FROM a\nCMD x \\\n# why\n  y", null],
  [
    "MaintainerDeprecated",
    "FROM a\nMAINTAINER Me <me@x.y>",
    'FROM a\nLABEL org.opencontainers.image.authors="Me <me@x.y>"',
  ],
  ["LegacyKeyValueFormat", "FROM a\nENV A b", "FROM a\nENV A=b"],
  ["LegacyKeyValueFormat", "FROM a\nENV A b c", 'FROM a\nENV A="b c"'],
  ["LegacyKeyValueFormat", 'FROM a\nENV A b "c  d" $E', 'FROM a\nENV A=b\\ "c  d"\\ $E'],
  [
    "LegacyKeyValueFormat",
    "FROM a\nENV A \\\n\t\tb \\\n# why\n\t\tc d\nRUN x",
    'FROM a\nENV A="b \\\n# why\n\t\tc d"\nRUN x',
  ],
  ["LegacyKeyValueFormat", "FROM a\nENV A b \\\n  'c d'", null],
  [
    "NoEmptyContinuation",
    "FROM a\nRUN b \\\n\n  \n  c \\\n\n  d\n\nRUN e",
    "FROM a\nRUN b \\\n  c \\\n  d\n\nRUN e",
  ],
  ["RedundantTargetPlatform", "FROM --platform=$TARGETPLATFORM a", "FROM a"],
  [
    "UndefinedVar",
    "FROM a\nARG NAME=1\nCOPY ${NAMES:-x} $NAME /",
    "FROM a\nARG NAME=1\nCOPY ${NAME:-x} $NAME /",
  ],
  ["UndefinedVar", "FROM a\n# why\n  COPY $QQQQQ /", "FROM a\nARG QQQQQ\n# why\n  COPY $QQQQQ /"],
  ["UndefinedVar", "FROM a AS b\nONBUILD COPY $QQQQQ /\nFROM b\n", null],
  ["UndefinedArgInFrom", "ARG VERSION=1\nFROM a:$VERSON", "ARG VERSION=1\nFROM a:$VERSION"],
  ["UndefinedArgInFrom", "FROM a:${QQQQQ:-1}\n", "ARG QQQQQ\nFROM a:${QQQQQ:-1}\n"],
  [
    "UndefinedArgInFrom",
    "ARG A=1\r\n\r\nFROM a:${QQQQQ:-1}\r\n",
    "ARG A=1\r\nARG QQQQQ\r\n\r\nFROM a:${QQQQQ:-1}\r\n",
  ],
  ["InvalidDefaultArgInFrom", "ARG A B\nFROM a:$B", "ARG A B=latest\nFROM a:$B"],
  ["InvalidDefaultArgInFrom", "ARG B=\nFROM a:${B}", "ARG B=latest\nFROM a:${B}"],
  ["InvalidDefaultArgInFrom", "ARG B\nFROM $B", null],
  ["InvalidDefaultArgInFrom", "ARG B\nFROM a:$B$C", null],
  ["FromPlatformFlagConstDisallowed", "FROM --platform=linux/arm64 a", "FROM a"],
  ["WorkdirRelativePath", "FROM a\nWORKDIR app", "FROM a\nWORKDIR /app"],
  ["WorkdirRelativePath", "FROM a\nWORKDIR ./app/x", "FROM a\nWORKDIR /app/x"],
  ["WorkdirRelativePath", "FROM a\nARG X\nWORKDIR ${X:-app}", null],
  ["WorkdirRelativePath", "FROM a\nWORKDIR ../app", null],
  [
    "InvalidDefinitionDescription",
    "# check=experimental=all\nARG V=1\n# what is built\nFROM a AS b",
    "# check=experimental=all\nARG V=1\n# b what is built\nFROM a AS b",
  ],
  [
    "InvalidDefinitionDescription",
    "# check=experimental=all\n\n#of go\nARG V=1\nFROM a",
    "# check=experimental=all\n\n#V of go\nARG V=1\nFROM a",
  ],
  ["InvalidDefinitionDescription", "# check=experimental=all\n\n# of go\nARG V=1 W=2\nFROM a", null],
  ["MultipleInstructionsDisallowed", 'FROM a\nCMD ["b"]\nCMD ["c"]\n', 'FROM a\nCMD ["c"]\n'],
  [
    "DuplicateStageName",
    "FROM a AS x\nFROM b AS x\nFROM c\nCOPY --from=x /a /",
    "FROM a AS x\nFROM b AS x-2\nFROM c\nCOPY --from=x-2 /a /",
  ],
  ["ReservedStageName", "FROM a AS context", "FROM a AS context-2"],
  ["ExposeProtoCasing", "FROM a\nEXPOSE 80/TCP 90/udp", "FROM a\nEXPOSE 80/tcp 90/udp"],
  ["ExposeInvalidFormat", "FROM a\nEXPOSE 127.0.0.1:80:8080 90", "FROM a\nEXPOSE 8080 90"],
  ["StageNotNeeded", "FROM a AS b\n\nFROM c\n", "FROM c\n"],
];

describe("fixes", () => {
  it.each(FIXED)("%s of %j", (code, before, after) => expect(fix(code, before)).toBe(after));

  it.each(FIXED.filter(([, , after]) => after !== null))(
    "%s of %j is gone for good",
    (code, before, after) => {
      const count = (text: string) =>
        findingsOf(parseDockerfile(text)).filter((each) => each.code === code).length;
      expect(count(after as string)).toBeLessThan(count(before));
    },
  );
});

describe("another way to write a variable", () => {
  it.each([
    "ENV A \\\n\t\tb \\\n# why\n\t\tc $V  d",
    "ENV A b   c",
    "ENV A b\\ c 'd  e' $V",
    "LABEL a b  c",
    "ENV A $V \\\n\n  b",
  ])("gives the same value: %j", (line) => {
    const worth = (source: string) => {
      const pairs: unknown[] = [];
      evaluate(parseDockerfile(source), {}, (step) => void pairs.push(...step.pairs));
      return pairs;
    };
    const before = `FROM a\nENV V=1\n${line}\n`;
    const after = fix("LegacyKeyValueFormat", before);
    expect(after).not.toBeNull();
    expect(worth(after as string)).toEqual(worth(before));
  });
});

describe("several fixes", () => {
  it("offers the meant variable first, then to declare the one that is written", () => {
    const tree = parseDockerfile("FROM a\nARG NAME=1\nCOPY $NAMES /\n");
    const [finding] = findingsOf(tree);
    expect(fixesFor(tree, finding!).map(({ title }) => title)).toEqual([
      "Use $NAME",
      "Declare ARG NAMES before it",
    ]);
  });
});

const IGNORED: [
  what: string,
  code: string,
  before: string,
  here: string | null,
  everywhere: string | null,
][] = [
  [
    "by a line above, and a directive",
    "UndefinedVar",
    "FROM a\nENV A=$A\n",
    "FROM a\n# check=skip=UndefinedVar\nENV A=$A\n",
    "# check=skip=UndefinedVar\nFROM a\nENV A=$A\n",
  ],
  [
    "below its comments, from the start of the line",
    "MaintainerDeprecated",
    "FROM a\r\n# who\r\n  MAINTAINER me\r\n",
    "FROM a\r\n# who\r\n# check=skip=MaintainerDeprecated\r\n  MAINTAINER me\r\n",
    "# check=skip=MaintainerDeprecated\r\nFROM a\r\n# who\r\n  MAINTAINER me\r\n",
  ],
  [
    "in the options there are",
    "UndefinedVar",
    "# check=error=true\nFROM a\n#check = skip=StageNameCasing\n# why\nENV A=$A\n",
    "# check=error=true\nFROM a\n#check = skip=StageNameCasing,UndefinedVar\n# why\nENV A=$A\n",
    "# check=skip=UndefinedVar;error=true\nFROM a\n#check = skip=StageNameCasing\n# why\nENV A=$A\n",
  ],
  [
    "in the list of the file",
    "FromAsCasing",
    "# syntax=docker/dockerfile:1\n# check=error=true;skip=UndefinedVar\n\nFROM a as b\n",
    "# syntax=docker/dockerfile:1\n# check=error=true;skip=UndefinedVar\n\n# check=skip=FromAsCasing\nFROM a as b\n",
    "# syntax=docker/dockerfile:1\n# check=error=true;skip=UndefinedVar,FromAsCasing\n\nFROM a as b\n",
  ],
  [
    "in the file alone, where a line above would be a directive of it",
    "FromAsCasing",
    "FROM a as b\n",
    null,
    "# check=skip=FromAsCasing\nFROM a as b\n",
  ],
  [
    "in the file alone, where BuildKit looks at the file as a whole",
    "DuplicateStageName",
    "FROM a AS b\n\nFROM c AS b\n",
    null,
    "# check=skip=DuplicateStageName\nFROM a AS b\n\nFROM c AS b\n",
  ],
  [
    "a note of the graph, too",
    "StageNotNeeded",
    "ARG A\nFROM a AS b\nFROM c\n",
    "ARG A\n# check=skip=StageNotNeeded\nFROM a AS b\nFROM c\n",
    "# check=skip=StageNotNeeded\nARG A\nFROM a AS b\nFROM c\n",
  ],
  [
    "not at all, where it was asked for",
    "InvalidDefinitionDescription",
    "# check=experimental=all\nARG V=1\n# what is built\nFROM a AS b",
    null,
    null,
  ],
  [
    "not where the option cannot be read",
    "FromAsCasing",
    "# check=skipp=all\nARG A\nFROM a as b",
    null,
    null,
  ],
];

describe("ignoring a check", () => {
  it.each(IGNORED)("is written %s", (_, code, before, here, everywhere) => {
    const tree = parseDockerfile(before);
    const finding = findingsOf(tree).find((each) => each.code === code)!;
    const written = (scope: string) => {
      const fix = ignoresFor(tree, finding).find(({ title }) => title === `Ignore ${code} ${scope}`);
      return fix ? applyEdits(before, fix.edits) : null;
    };
    expect([written("here"), written("in this file")]).toEqual([here, everywhere]);
  });

  it.each(IGNORED)("does what it says: %s", (_, code, before) => {
    const tree = parseDockerfile(before);
    const finding = findingsOf(tree).find((each) => each.code === code)!;
    for (const { edits } of ignoresFor(tree, finding)) {
      const after = findingsOf(parseDockerfile(applyEdits(before, edits)));
      expect(after.map((each) => each.code)).toEqual(
        findingsOf(tree)
          .filter((each) => each !== finding)
          .map((each) => each.code),
      );
    }
  });

  it("is no answer to what does not parse", () => {
    const tree = parseDockerfile("FROM a\nRUNN x\n");
    expect(tree.diagnostics.flatMap((each) => ignoresFor(tree, each))).toEqual([]);
  });
});
