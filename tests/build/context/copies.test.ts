import { describe, expect, test } from "vitest";
import { contextTree } from "@/lib/build/context/context-tree";
import { copyPreviews } from "@/lib/build/context/copies";
import { parseDockerfile } from "@/lib/dockerfile";

/** "path:bytes", "folder/", or "link -> target". */
function context(list: readonly string[], ignore: string | null = null) {
  const entries = list.map((text) => {
    const [path, link] = text.split(" -> ");
    if (link !== undefined) return { path: path!, kind: "link" as const, bytes: 0, link };
    if (text.endsWith("/")) return { path: text.slice(0, -1), kind: "folder" as const, bytes: 0 };
    const [name, bytes] = text.split(":");
    return { path: name!, kind: "file" as const, bytes: Number(bytes ?? 1) };
  });
  return contextTree(entries, ignore);
}

const FILES = [
  "Makefile:10",
  "go.mod:20",
  "go.sum:30",
  "main.go:100",
  "main_test.go:50",
  "src/",
  "src/a.go:1",
  "src/b.txt:2",
  "src/deep/",
  "src/deep/c.go:4",
  "empty/",
  "current -> src",
  "note -> src/b.txt",
  "[odd].txt:7",
];

function taken(copy: string, files = FILES, ignore: string | null = null) {
  const tree = parseDockerfile(`ARG DIR=src\nFROM scratch\nARG DIR\nARG NAME=main\n${copy}\n`);
  const [found] = copyPreviews(tree, {}, context(files, ignore));
  return found;
}

const names = (copy: string, ignore: string | null = null) =>
  taken(copy, FILES, ignore)?.taken.map(({ path }) => path) ?? null;

const ALL = [
  "Makefile",
  "go.mod",
  "go.sum",
  "main.go",
  "main_test.go",
  "src/a.go",
  "src/b.txt",
  "src/deep/c.go",
  "current",
  "note",
  "[odd].txt",
];

describe("what a COPY takes", () => {
  test.each<[copy: string, files: string[]]>([
    ["COPY go.mod go.sum ./", ["go.mod", "go.sum"]],
    ["COPY . .", ALL],
    ["COPY / /", ALL],
    ["COPY ../../go.mod .", ["go.mod"]],
    ["COPY ./src/../go.mod .", ["go.mod"]],
    ["COPY src /s", ["src/a.go", "src/b.txt", "src/deep/c.go"]],
    ["COPY src/ /s", ["src/a.go", "src/b.txt", "src/deep/c.go"]],
    ["COPY empty /e", []],
    ["COPY *.go ./", ["main.go", "main_test.go"]],
    ["COPY main*.go main.go ./", ["main.go", "main_test.go"]],
    ["COPY src/*.go ./", ["src/a.go"]],
    ["COPY src/* ./", ["src/a.go", "src/b.txt", "src/deep/c.go"]],
    ["COPY */*.go ./", ["src/a.go"]],
    ["COPY go.m?d ./", ["go.mod"]],
    ["COPY go.[ms]* ./", ["go.mod", "go.sum"]],
    ["COPY [[]odd].txt ./", ["[odd].txt"]],
    ["COPY current/a.go ./", ["src/a.go"]],
    ["COPY current ./", ["src/a.go", "src/b.txt", "src/deep/c.go"]],
    ["COPY note ./", ["src/b.txt"]],
    [`COPY \${DIR}/a.go \${NAME}.go ./`, ["src/a.go", "main.go"]],
    ["COPY --exclude=*.txt src ./", ["src/a.go", "src/deep/c.go"]],
    ["COPY --exclude=deep src ./", ["src/a.go", "src/b.txt"]],
    ["COPY --exclude=**/*.go --exclude=!a.go src ./", ["src/a.go", "src/b.txt"]],
    ["COPY --exclude=*.go main.go ./", ["main.go"]],
    ["COPY --parents src/deep/c.go ./", ["src/deep/c.go"]],
    ["COPY --parents **/*.go ./", ["main.go", "main_test.go", "src/a.go", "src/deep/c.go"]],
    ["COPY --parents src/./deep ./", ["src/deep/c.go"]],
    ["COPY --parents --exclude=main* **/*.go ./", ["src/a.go", "src/deep/c.go"]],
    ['COPY ["go.mod", "./"]', ["go.mod"]],
    ["ADD go.mod https://example.com/x ./", ["go.mod"]],
  ])("%s", (copy, files) => {
    expect(names(copy)).toEqual(files);
  });

  test.each(["COPY --from=x . .", "ADD https://example.com/x /", "COPY <<EOF /x\nhi\nEOF", "RUN x"])(
    "%s takes nothing from the context",
    (copy) => expect(taken(copy)).toBeUndefined(),
  );

  test("counts bytes, and each file once", () => {
    expect(taken("COPY src src/a.go go.mod ./")).toMatchObject({ files: 4, bytes: 27, line: 5 });
  });
});

describe("why a source takes nothing", () => {
  test.each<[copy: string, ignore: string | null, problem: string | null, nearest: string | null]>([
    ["COPY go.mod .", null, null, null],
    ["COPY go.mdo .", null, "missing", "go.mod"],
    ["COPY makefile .", null, "missing", "Makefile"],
    ["COPY src/deeep/c.go .", null, "missing", "src/deep/c.go"],
    ["COPY target/app .", null, "missing", null],
    ["COPY main.go/x .", null, "missing", null],
    ["COPY *.rs .", null, "noMatch", null],
    ["COPY src/*/*/x .", null, "noMatch", null],
    ["COPY go.mod .", "go.*", "ignored", null],
    ["COPY go.mod .", "*\n!go.mod", null, null],
    ["COPY src .", "src", "ignored", null],
    ["COPY src .", "src\n!src/a.go", null, null],
    ["COPY *.go .", "**/*.go", "noMatch", null],
    ["COPY . .", "*", null, null],
    ["COPY --parents nothing/x .", null, "missing", null],
    ["COPY --parents **/*.rs .", null, "noMatch", null],
  ])("%s with %j ignored: %s", (copy, ignore, problem, nearest) => {
    expect(taken(copy, FILES, ignore)?.sources[0]).toMatchObject({ problem, nearest });
  });
});

test.each<[ignore: string, files: string[]]>([
  [
    "*.go",
    [
      "Makefile",
      "go.mod",
      "go.sum",
      "src/a.go",
      "src/b.txt",
      "src/deep/c.go",
      "current",
      "note",
      "[odd].txt",
    ],
  ],
  ["# all but\n*\n!src\nsrc/deep", ["src/a.go", "src/b.txt"]],
  ["/src/\n./go.*\n", ["Makefile", "main.go", "main_test.go", "current", "note", "[odd].txt"]],
  [
    "\ufeffsrc\r\n current \r\n",
    ["Makefile", "go.mod", "go.sum", "main.go", "main_test.go", "note", "[odd].txt"],
  ],
])("ignoring %j leaves", (ignore, files) => {
  expect(names("COPY . .", ignore)).toEqual(files);
});

test("what is ignored is counted apart", () => {
  expect(context(FILES, "src").counts).toEqual({ files: 11, bytes: 224, ignoredFiles: 3, ignoredBytes: 7 });
});

test.each([
  ["a circle of links", ["a -> b", "b -> a"], "COPY a ."],
  ["a link to itself", ["a -> a/x"], "COPY a/y ."],
  ["a link out of the context", ["a -> ../../etc/passwd"], "COPY a ."],
])("%s leads nowhere", (_, files, copy) => {
  expect(taken(copy, files)?.sources[0]?.problem).toBe("missing");
});

test("an ignore file that BuildKit refuses is said to be so, and ignores nothing", () => {
  const tree = contextTree([{ path: "a", kind: "file", bytes: 1 }], "[a");
  expect([tree.problem, tree.counts.ignoredFiles]).toEqual(["The ignore pattern “[a” is not valid.", 0]);
});

test("a hundred thousand files, a thousand deep", () => {
  const deep = Array.from({ length: 1_000 }, (_, index) => `d${index}`).join("/");
  const many = Array.from({ length: 99_999 }, (_, index) => `f/${index % 100}/${index}:1`);
  expect(taken("COPY . .", [...many, `${deep}/x:1`])).toMatchObject({ files: 100_000, bytes: 100_000 });
});
