/**
 * What is said of a COPY before a build is what the build does. Each file's size is a power of two of its own, so that
 * the bytes that arrived say which files they are of.
 */
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { contextTree } from "@/lib/build/context/context-tree";
import { copyPreviews } from "@/lib/build/context/copies";
import type { FolderFile } from "@/lib/build/server/contexts/folder";
import { walkFolder } from "@/lib/build/server/folder";
import { parseDockerfile } from "@/lib/dockerfile";
import { build, eachBuildKit, onEveryEngine } from "./builds";

const FILES = [
  "Makefile",
  "go.mod",
  "main.go",
  "main_test.go",
  "src/a.go",
  "src/b.txt",
  "src/deep/c.go",
  "src/deep/deeper/d.txt",
  "vendor/x/y.go",
  "vendor/keep/z.go",
  "[odd].txt",
  ".hidden",
];
const IGNORE = "Makefile\nvendor\n!vendor/keep\n";

const COPIES = [
  "go.mod",
  ".",
  "/",
  "./src/../go.mod",
  "../../main.go",
  "src",
  "src/",
  "src/deep main.go",
  "*.go",
  "main*.go go.mod",
  "*.rs go.mod",
  "src/*.go",
  "src/*",
  "*/*.go",
  "*/*/*",
  "vendor",
  "vendor/*",
  "vendor/keep",
  "go.m?d",
  "m[a-k]in.go",
  "[[]odd].txt",
  ".*",
  "folder",
  "folder/a.go",
  "file",
  "folder/*.go",
];
const NEWER = [
  "--exclude=*.txt src",
  "--exclude=**/*.txt src",
  "--exclude=deep src main.go",
  "--exclude=main.go main.go",
  "--exclude=**/*.go --exclude=!a.go src",
];

onEveryEngine(
  "what a COPY takes",
  ({ host, folder, kind }) => {
    it("is known before the build", async () => {
      const context = await folder();
      for (const [index, path] of FILES.entries()) {
        await mkdir(dirname(join(context, path)), { recursive: true });
        await writeFile(join(context, path), "x".repeat(2 ** index));
      }
      await writeFile(join(context, ".dockerignore"), `${IGNORE}.dockerignore\n`);
      await symlink("src", join(context, "folder"));
      await symlink("src/b.txt", join(context, "file"));

      // COPY --exclude came after this engine. No engine here knows --parents: the labs frontend alone has it.
      const copies = kind === "20.10" ? COPIES : [...COPIES, ...NEWER];
      // A number in each RUN: steps that do the same on the same files are run once, and write under one of them only.
      const stages = copies.map(
        (copy, index) =>
          `FROM busybox AS s${index}\nCOPY ${copy} /out/\nRUN : ${index}; mkdir -p /out; find /out -type f -exec cat {} + | wc -c`,
      );
      const dockerfile = `${stages.join("\n")}\n`;
      const entries: FolderFile[] = [];
      for await (const file of walkFolder(context)) entries.push(file);
      const tree = contextTree(entries, await readFile(join(context, ".dockerignore"), "utf8"));
      const previews = copyPreviews(parseDockerfile(dockerfile), {}, tree);
      const told = await build(host(), { dockerfile, context, options: { noCache: true } });

      expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
      const said = Object.fromEntries(copies.map((copy, index) => [copy, previews[index]!.bytes]));
      const done = Object.fromEntries(copies.map((copy, index) => [copy, Number(told.output(index, 2))]));
      expect(said).toEqual(done);
    });
  },
  eachBuildKit,
);
