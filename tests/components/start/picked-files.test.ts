import { describe, expect, test } from "vitest";
import { ignoredAtTop, type PickedFile, topEntries } from "@/components/start/picked-files";
import { isDockerfileName, titleOfFile } from "@/components/start/read-dockerfile";
import { oneFile } from "@/components/start/read-drop";

const picked = (path: string, bytes: number): PickedFile => ({
  path,
  file: new File(["x".repeat(bytes)], path),
});

test("entries at the top, biggest first", () => {
  const files = [picked("a.txt", 5), picked("src/x/y.go", 20), picked("src/z.go", 30), picked("go.mod", 5)];
  expect(topEntries(files)).toEqual([
    { name: "src", folder: true, files: 2, bytes: 50 },
    { name: "a.txt", folder: false, files: 1, bytes: 5 },
    { name: "go.mod", folder: false, files: 1, bytes: 5 },
  ]);
});

describe("what a .dockerignore leaves out whole", () => {
  test.each([
    ["plain names", "node_modules\n.git\n", ["node_modules", ".git"]],
    ["slashes before and after", "/dist\n./out/\nbuild/**\n**/tmp\n", ["dist", "out", "build", "tmp"]],
    ["comments, blank lines, CRLF", "# not this\r\n\r\n  .cache  \r\n", [".cache"]],
    ["patterns are left to the builder", "*.log\nsrc/secret\n?\n[ab]\n.\n..\n", []],
    ["anything taken back leaves all to the builder", "node_modules\n!node_modules/kept\n", []],
  ])("%s", (_, text, expected) => {
    expect(ignoredAtTop(text)).toEqual(expected);
  });
});

describe("a single file that is dropped", () => {
  test.each([
    ["Dockerfile", "dockerfile"],
    ["dockerfile", "dockerfile"],
    ["Dockerfile.prod", "dockerfile"],
    ["api.Dockerfile", "dockerfile"],
    ["Containerfile", "dockerfile"],
    ["context.zip", "archive"],
    ["Context.ZIP", "archive"],
    ["context.tar.gz", "archive"],
    ["context.tgz", "archive"],
    ["rootfs.tar", "archive"],
    ["rootfs.tar.xz", "refused"],
    ["rootfs.tbz2", "refused"],
    ["data.gz", "files"],
    ["main.go", "files"],
    ["Dockerfiles.txt", "files"],
  ])("%s: %s", (name, kind) => {
    expect(oneFile(new File(["x"], name)).kind).toBe(kind);
  });
});

test.each([
  ["Dockerfile", undefined],
  ["Containerfile", undefined],
  ["Dockerfile.prod", "Dockerfile.prod"],
  ["api.Dockerfile", "api.Dockerfile"],
])("the title of %s is %s", (name, title) => {
  expect(titleOfFile(name)).toBe(title);
  expect(isDockerfileName(name)).toBe(true);
});
