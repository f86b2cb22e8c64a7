/** The walk over a build context: order, filters, links. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TreeEntry, type TreeFilter, walkTree } from "@/lib/build/server/buildkit/file-tree";
import { followLinks } from "@/lib/build/server/buildkit/follow-links";
import { folderAsContext } from "@/lib/build/server/folder";

const EVERYTHING: TreeFilter = { include: [], exclude: [], followPaths: [] };
let root = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "stagecraft-tree-"));
});
afterEach(() => rm(root, { recursive: true }));

async function write(...files: string[]): Promise<void> {
  for (const file of files) {
    await mkdir(join(root, file, ".."), { recursive: true });
    await writeFile(join(root, file), file);
  }
}

async function walked(
  filter: Partial<TreeFilter> = {},
  extra?: Map<string, Uint8Array>,
): Promise<TreeEntry[]> {
  const entries: TreeEntry[] = [];
  await walkTree(
    { root: await folderAsContext(root), ...(extra ? { extra } : {}) },
    { ...EVERYTHING, ...filter },
    (entry) => {
      entries.push(entry);
      return undefined;
    },
  );
  return entries;
}

const paths = (entries: TreeEntry[]) => entries.map(({ path }) => path);

it("goes through names in the order of their bytes, each folder before what is in it", async () => {
  // U+FF61 comes before U+1F600 in bytes, and after it in UTF-16.
  await write("a/z", "a-b", "a.txt", "B", "\uff61", "\u{1f600}");
  expect(paths(await walked())).toEqual(["B", "a", "a/z", "a-b", "a.txt", "\uff61", "\u{1f600}"]);
});

describe("filters", () => {
  beforeEach(() =>
    write("build/out/app.js", "build/out/deep/app.js", "build/out/app.css", "keep", "src/a.c"),
  );

  it.each<[title: string, filter: Partial<TreeFilter>, paths: string[]]>([
    ["leaves out a folder", { exclude: ["build"] }, ["keep", "src", "src/a.c"]],
    [
      "takes back what an exception names, with the folders on the way",
      { exclude: ["build/**", "!build/out/**/*.js"] },
      [
        "build",
        "build/out",
        "build/out/app.js",
        "build/out/deep",
        "build/out/deep/app.js",
        "keep",
        "src",
        "src/a.c",
      ],
    ],
    ["takes only what is asked for", { include: ["src"] }, ["src", "src/a.c"]],
    [
      "leaves out of what is asked for",
      { include: ["build"], exclude: ["**/*.js"] },
      ["build", "build/out", "build/out/app.css", "build/out/deep"],
    ],
    ["takes what is followed", { followPaths: ["src/a.c", "nothing"] }, ["src", "src/a.c"]],
    [
      "takes everything where the root is followed",
      { followPaths: ["/", "src"] },
      [
        "build",
        "build/out",
        "build/out/app.css",
        "build/out/app.js",
        "build/out/deep",
        "build/out/deep/app.js",
        "keep",
        "src",
        "src/a.c",
      ],
    ],
  ])("%s", async (_title, filter, expected) => {
    expect(paths(await walked(filter))).toEqual(expected);
  });
});

it("sends files of its own in place of those on disk", async () => {
  await write("Dockerfile", "other");
  const entries = await walked({}, new Map([["Dockerfile", Buffer.from("FROM scratch")]]));
  expect(paths(entries)).toEqual(["Dockerfile", "other"]);
  expect(entries[0]!.size).toBe(12n);
});

it.each<[asked: string, found: string[] | null]>([
  ["src", ["a.c", "deep", "deep/b.c"]],
  ["./src/../src/", ["a.c", "deep", "deep/b.c"]],
  ["alias/deep", ["b.c"]],
  ["circle", null],
  ["src/a.c", null],
  ["nothing", null],
])("is one folder of the context where a named one is asked for: %s", async (asked, found) => {
  await write("src/a.c", "src/deep/b.c", "keep");
  await symlink("src", join(root, "alias"));
  await symlink("circle", join(root, "circle"));
  const folder = (await folderAsContext(root)).folder(asked);
  if (folder === null) return expect(found).toBeNull();
  const entries: string[] = [];
  await walkTree({ root: folder }, EVERYTHING, ({ path }) => void entries.push(path));
  expect(entries).toEqual(found);
});

describe("links on the way to what is followed", () => {
  it.each<[title: string, links: Record<string, string>, asked: string[], followed: string[] | null]>([
    ["none", {}, ["src/a.c"], ["src/a.c"]],
    ["a chain", { one: "two", two: "src/a.c" }, ["one"], ["one", "src/a.c", "two"]],
    ["a folder", { alias: "src" }, ["alias/a.c"], ["alias", "src/a.c"]],
    ["absolute, as if the root were /", { abs: "/src/a.c" }, ["abs"], ["abs", "src/a.c"]],
    ["out of the root", { out: "../../../etc/passwd" }, ["out"], ["etc/passwd", "out"]],
    ["in a circle", { a: "b", b: "a" }, ["a"], ["a", "b"]],
    ["by a glob", { "x.1": "src", "x.2": "keep" }, ["x.*"], ["keep", "src", "x.*"]],
  ])("%s", async (_title, links, asked, followed) => {
    await write("src/a.c", "keep");
    for (const [name, target] of Object.entries(links)) await symlink(target, join(root, name));
    expect(followLinks({ root: await folderAsContext(root) }, asked)).toEqual(followed);
  });
});
