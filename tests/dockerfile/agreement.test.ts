import { describe, expect, it } from "vitest";
import { checkDockerfile, decodeText, parseDockerfile } from "../../lib/dockerfile";

/** A file from text in which `\xNN` beyond ASCII stands for one byte. */
function bytes(text: string): string {
  return decodeText(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}

function messageOf(source: string): string | null {
  const { error } = parseDockerfile(source);
  return error === null ? null : error.message.replace(/\p{Surrogate}/gu, "\ufffd");
}

const ON_TWO = "dockerfile parse error on line 2: ";

describe("bytes where BuildKit reads bytes", () => {
  const MESSAGES: [name: string, source: string, message: string | null][] = [
    [
      "a byte in a pair is U+FFFD once words are cut",
      bytes("FROM a\nENV A=b \xc3"),
      'Syntax error - can\'t find = in "\ufffd". Must be of the form: name=value',
    ],
    [
      "so it is in what is turned to upper case",
      bytes("FROM a\nHEALTHCHECK fo\xdb 0"),
      `${ON_TWO}Unknown type "FO\ufffd" in HEALTHCHECK (try CMD)`,
    ],
    [
      "U+00A0 is cut in two: its last byte passes for a space",
      "FROM a\nHEALTHCHECK CMD\u00a0x",
      `${ON_TWO}Unknown type "CMD\ufffd" in HEALTHCHECK (try CMD)`,
    ],
    [
      "U+2003 has no such byte",
      "FROM a\nHEALTHCHECK non\u2003e",
      `${ON_TWO}Unknown type "NON\\u2003E" in HEALTHCHECK (try CMD)`,
    ],
    [
      "case is that of Unicode 15, a letter to a letter: U+019B has a capital since, U+1FB3 has one that JavaScript parts",
      "FROM a\nHEALTHCHECK \u019b\u1fb3\u1fb2\u00df x",
      `${ON_TWO}Unknown type "\u019b\u1fbc\u1fb2\u00df" in HEALTHCHECK (try CMD)`,
    ],
    ["JSON behind a split character is JSON still", "FROM a\nHEALTHCHECK CMD \u00c5\u0085[1]", null],
    [
      "durations are quoted byte by byte, as Latin-1 in a flag",
      "FROM a\nHEALTHCHECK --interval=1\u00b5s CMD x",
      `${ON_TWO}time: unknown unit "\\xc3\\x82\\xc2\\xb5s" in duration "1\\xc3\\x82\\xc2\\xb5s"`,
    ],
    [
      "a stray byte 0x85 is a space in front of arguments",
      bytes("FROM a\nFROM \x85"),
      `${ON_TWO}FROM requires either one or three arguments`,
    ],
    [
      "U+00A0 ends the flags",
      "FROM a\nFROM --platform=x \u00a0--platform=y b",
      `${ON_TWO}FROM requires either one or three arguments`,
    ],
  ];
  it.each(MESSAGES)("%s", (_name, source, message) => {
    expect(messageOf(source)).toBe(message);
  });

  it("joins the bytes of a character that a continuation parts", () => {
    const source = bytes("FROM a AS b\nFROM c\nENV A=\xc3\\\n\xa9 \\\n B\n");
    expect(messageOf(source)).toBe('Syntax error - can\'t find = in "B". Must be of the form: name=value');
    const tree = parseDockerfile(bytes("FROM \xc3\\\n\xa9a AS b"));
    expect(tree.stages[0]?.baseText).toBe("\u00e9a");
    expect(tree.source.slice(tree.stages[0]?.baseRange.start, tree.stages[0]?.baseRange.end)).toBe(
      bytes("\xc3\\\n\xa9a"),
    );
  });

  it("drops a stray byte 0xA0 from a base", () => {
    expect(parseDockerfile(bytes("FROM \xa0lpine")).stages[0]?.baseText).toBe("lpine");
  });

  it("quotes U+FFFD for a byte in an ARG", () => {
    const { graphError } = parseDockerfile(bytes("ARG A=$" + "{\xb1:-x}\nFROM a"));
    expect(graphError).toBe(
      'failed to process "$' + '{\ufffd:-x}": unsupported modifier (\ufffd) in substitution',
    );
  });
});

describe("base names", () => {
  const rules = (base: string) =>
    checkDockerfile(parseDockerfile(`FROM ${base}`)).findings.map((each) => each.rule);

  it.each(["ghcr.io_a/b:1", "a.b__c/d", "a:5000/b", "[::1]:5000/b"])("%s is one", (base) => {
    expect(rules(base)).toEqual([]);
  });

  it.each(["ghcr.io_/b", "a.b___c/d", "a_b:5000/b", "a//b"])("%s is none", (base) => {
    expect(rules(base)).toEqual(["InvalidDefaultArgInFrom"]);
  });
});

describe("substitutions in substitutions", () => {
  const DEPTH = 3000;
  const open = "$" + "{A:-";

  it("are read however deep they are", () => {
    const tree = parseDockerfile(`FROM ${open.repeat(DEPTH)}alpine${"}".repeat(DEPTH)}`);
    expect(tree.graphError).toBeNull();
    expect(tree.stages[0]?.base.target).toEqual({ kind: "image", ref: "alpine" });
  });

  it("miss their brace in the words of the innermost", () => {
    const { graphError } = parseDockerfile(`FROM ${open.repeat(DEPTH)}alpine`);
    expect(graphError?.endsWith(": syntax error: missing '}'")).toBe(true);
  });
});

describe("SOURCE_DATE_EPOCH before the first FROM", () => {
  const file = (value: string, stage: string) => `ARG SOURCE_DATE_EPOCH=${value}\n${stage}\nFROM a\n`;
  const added = (source: string, flag = "") => file("src", `FROM scratch AS src\nADD ${flag}${source} /`);
  const oneSource = "SOURCE_DATE_EPOCH stage source must be a single HTTP(S) or Git ADD";
  const CASES: [source: string, error: string | null][] = [
    [file("1700000000", "FROM b"), null],
    [file("context", "FROM b"), null],
    [file("soon", "FROM b"), "invalid SOURCE_DATE_EPOCH: soon"],
    [file("9223372036854775808", "FROM b"), "invalid SOURCE_DATE_EPOCH: 9223372036854775808"],
    [file("src", "FROM b AS src"), "SOURCE_DATE_EPOCH stage must use FROM scratch"],
    [file("SRC", "FROM scratch AS src"), "SOURCE_DATE_EPOCH stage must contain exactly one remote ADD"],
    [
      file("src", "FROM scratch AS src\nCopy a b"),
      "SOURCE_DATE_EPOCH stage does not meet source-only requirements: unsupported Copy instruction",
    ],
    [added("https://a/b"), null],
    [added("https://a/b.git?what=ever"), null],
    [added("git@github.com:a/b.git"), null],
    [added("git://h/a?ref=b#c"), 'ref conflicts: "c" vs "b"'],
    [added("git://h/a?foo=x"), 'unexpected query "foo"'],
    [added("github.com/a/b"), oneSource],
    [added("a"), oneSource],
    [added("ftp://a"), oneSource],
    [added("a b"), "SOURCE_DATE_EPOCH stage must contain exactly one remote ADD source"],
    [added("https://a/b", "--checksum=md5:00 "), "unsupported digest algorithm"],
    [added("https://a/b", "--checksum=sha256:00 "), "invalid checksum digest length"],
    [added("https://a/b", "--checksum=x "), "invalid checksum digest format"],
  ];
  it.each(CASES)("%j", (source, error) => {
    expect(parseDockerfile(source).graphError).toBe(error);
  });

  it("is a plain number to what uses it, but not to the check of default values", () => {
    const tree = parseDockerfile("ARG SOURCE_DATE_EPOCH=+5\nFROM a:$SOURCE_DATE_EPOCH");
    expect(tree.stages[0]?.base.target).toEqual({ kind: "image", ref: "a:5" });
    expect(checkDockerfile(tree).findings.map((each) => each.rule)).toEqual(["InvalidDefaultArgInFrom"]);
  });
});
