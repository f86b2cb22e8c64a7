/** The rules of moby/patternmatcher, after its own tables. */
import { describe, expect, it } from "vitest";
import {
  cleanPath,
  compileGlob,
  InvalidPatternError,
  PatternMatcher,
} from "@/lib/build/context/ignore-patterns";

describe("which paths a pattern takes", () => {
  it.each<[pattern: string, path: string, taken: boolean]>([
    ["**", "file", true],
    ["**", "dir/file", true],
    ["**/", "file", true],
    ["**/**", "dir/file", true],
    ["dir/**", "dir/file", true],
    ["dir/**", "dir/dir2/file", true],
    ["dir/**", "other/file", false],
    ["**/dir2/*", "dir/dir2/file", true],
    ["**/dir2/*", "dir/dir2/dir2/file", true],
    ["**file", "file", true],
    ["**file", "dir/file", true],
    ["**/file", "dir/afile", false],
    ["**file*", "dir/afile.txt", false],
    ["**/file*txt", "dir/dir2/file.txt", true],
    ["a**b", "a/c/b", true],
    ["a[b-d]e", "ace", true],
    ["a[^b-d]e", "aze", true],
    ["a[^b-d]e", "ace", false],
    ["abc.def", "abcZdef", false],
    ["abc?def", "abc/def", false],
    ["a\\*b", "a*b", true],
    ["a\\*b", "axb", false],
    ["/literal(){}+.$|", "/literal(){}+.$|", true],
    ["dir", "dir/below/file", true],
    ["*.log", "dir/a.log", false],
    ["  spaces  ", "spaces", true],
    ["./here", "here", true],
    ["up/../down", "down", true],
  ])("%s and %s", (pattern, path, taken) => {
    expect(new PatternMatcher([pattern]).match(path, null).matched).toBe(taken);
  });

  it("lets a later pattern decide", () => {
    const matcher = new PatternMatcher(["*.md", "!README*.md", "README-secret.md"]);
    const taken = (path: string) => matcher.match(path, null).matched;
    expect(["a.md", "README.md", "README-secret.md", "a.txt"].map(taken)).toEqual([true, false, true, false]);
  });

  it("carries what a folder matched to what is in it", () => {
    const matcher = new PatternMatcher(["dir", "!dir/keep"]);
    const dir = matcher.match("dir", null);
    expect(dir.matched).toBe(true);
    expect(matcher.match("dir/any", dir.matches).matched).toBe(true);
    const keep = matcher.match("dir/keep", dir.matches);
    expect(keep.matched).toBe(false);
    expect(matcher.match("dir/keep/below", keep.matches).matched).toBe(false);
  });

  it.each(["!", "[", "a[b", "[]"])("refuses %s", (pattern) => {
    expect(() => new PatternMatcher([pattern])).toThrow(InvalidPatternError);
  });
});

describe("which folders need not be walked", () => {
  it.each<[patterns: string[], folder: string, include: boolean, except: boolean]>([
    [["src/lib"], "src", true, false],
    [["src/lib"], "docs", false, false],
    [["src/lib/**"], "src/lib", true, false],
    [["src/*.c"], "docs", true, false],
    [["dir", "!dir/keep/file"], "dir/keep", false, true],
    [["dir", "!dir/keep/file"], "dir/other", false, false],
    [["dir", "!**/file"], "dir/other", false, true],
  ])("%j in %s", (patterns, folder, include, except) => {
    const matcher = new PatternMatcher(patterns);
    expect(matcher.mayMatchBelow(folder)).toBe(include);
    expect(matcher.mayExceptBelow(folder)).toBe(except);
  });
});

it.each([
  ["a//b/./c/", "a/b/c"],
  ["../a", "../a"],
  ["/../a", "/a"],
  ["", "."],
  ["a/..", "."],
])("cleans %s to %s as Go does", (path, cleaned) => {
  expect(cleanPath(path)).toBe(cleaned);
});

it.each<[string, string, boolean]>([
  ["*.c", "main.c", true],
  ["*.c", "dir/main.c", false],
  ["[a-c]?", "b1", true],
  ["**", "dir/file", false],
])("glob %s and %s", (glob, name, taken) => {
  expect(compileGlob(glob)(name)).toBe(taken);
});
