import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { extractZip } from "@/lib/build/server/archive/extract";
import { whyLinkLeadsOut } from "@/lib/build/server/archive/links";
import { fewerRuns, PATIENCE } from "../laws";
import { EXECUTABLE, FILE, FOLDER, LINK, makeZip, type ZipEntry } from "./zip";

const LIMITS = { bytes: 100_000, entries: 50 };
let folder: string;
let into: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagecraft-zip-"));
  into = join(folder, "outer/inner");
  mkdirSync(into, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function extract(zip: Buffer, limits = LIMITS): Promise<void> {
  const archive = join(folder, "archive.zip");
  writeFileSync(archive, zip);
  await extractZip(archive, into, limits);
}

/** Everything on disk that is not within the folder it was to be unpacked to. */
function outside(): string[] {
  const found = execFileSync("find", [folder, "-mindepth", "1", "-not", "-path", `${into}*`], {
    encoding: "utf8",
  });
  return found
    .split("\n")
    .filter((path) => path !== "" && path !== join(folder, "outer") && path !== join(folder, "archive.zip"));
}

const file = (name: string | Buffer, more: Partial<ZipEntry> = {}): ZipEntry => ({
  name,
  content: "x",
  mode: FILE,
  ...more,
});
const link = (name: string, target: string): ZipEntry => ({ name, content: target, mode: LINK });

/** With other bytes where its directory begins. */
function garbled(zip: Buffer): Buffer {
  return zip.fill(9, zip.indexOf("PK\x01\x02"), zip.indexOf("PK\x01\x02") + 2);
}

describe("an archive is refused, and nothing of it lands outside, when it has", () => {
  test.each<[string, ZipEntry[], RegExp]>([
    ["a path that climbs out", [file("../evil")], /"\.\.\/evil".*“\.\.”/],
    ["a path that climbs out from within", [file("a/../../evil")], /“\.\.”/],
    ["a path that climbs by backslashes", [file("..\\..\\evil")], /“\.\.”/],
    ["a path that only climbs within", [file("a/../b")], /“\.\.”/],
    ["an absolute path", [file("/etc/evil")], /absolute/],
    ["an absolute path by backslash", [file("\\evil")], /absolute/],
    ["a drive letter", [file("C:/evil")], /drive/],
    ["a drive letter and no slash", [file("c:evil")], /drive/],
    ["a network path", [file("\\\\host\\share\\evil")], /absolute/],
    ["a NUL in a name", [file("good\0/../../evil")], /NUL/],
    ["a name that is too long", [file("n".repeat(256))], /too long/],
    ["a path that is too long", [file(Array(500).fill("abcdefghi").join("/"))], /too long/],
    ["a name of nothing", [file("./.")], /no name/],
    ["the same file twice", [file("a"), file("a")], /twice/],
    ["the same file in two spellings", [file("a/b"), file("./a//b")], /twice/],
    ["the same folder twice", [file("a/", { mode: FOLDER }), file("a/", { mode: FOLDER })], /twice/],
    ["a file where a folder is", [file("a/b"), file("a")], /twice/],
    ["a file within a file", [file("a"), file("a/b")], /lies within "a", which is a file/],
    ["a file written through a link", [link("a", "sub"), file("a/b")], /lies within "a", which is a link/],
    ["a link put where files are", [file("a/b"), link("a", "c")], /twice/],
    ["a link that climbs out", [link("a", "../evil")], /"a".*leads out/],
    ["a link that climbs out from below", [link("d/a", "../../evil")], /leads out/],
    ["a link to an absolute path", [link("a", "/etc/passwd")], /absolute/],
    ["a link to a drive", [link("a", "C:\\Windows")], /absolute/],
    ["links that climb out together", [link("sub/up", ".."), link("out", "sub/up/../x")], /"out".*leads out/],
    ["links that climb out in a chain", [link("a", "b"), link("b", "c"), link("c", "../..")], /leads out/],
    ["a link through a later one", [link("a", "z/../.."), link("z", ".")], /"a".*leads out/],
    ["a link to itself", [link("a", "a")], /itself/],
    ["links in a circle", [link("a", "b"), link("b", "a")], /itself/],
    ["a link with a NUL", [link("a", "b\0c")], /usable target/],
    ["a link to nothing", [link("a", "")], /usable target/],
    ["a link that is too long", [link("a", "b/".repeat(3_000))], /too long/],
    ["a device", [file("dev", { mode: 0o020666 })], /neither/],
    ["a pipe", [file("pipe", { mode: 0o010666 })], /neither/],
    ["a socket", [file("sock", { mode: 0o140666 })], /neither/],
    ["an encrypted file", [file("a", { encrypted: true })], /encrypted/],
    ["a packing nobody knows", [file("a", { method: 12 })], /packed/],
    ["damaged content", [file("a", { claimedChecksum: 1 })], /"a".*damaged/],
    [
      "content longer than it says",
      [file("a", { content: "xx".repeat(50), claimedSize: 1 })],
      /too many bytes/,
    ],
    ["content shorter than it says", [file("a", { content: "x", claimedSize: 100 })], /not enough bytes/],
  ])("%s", async (_what, entries, reason) => {
    await expect(extract(makeZip([file("first"), ...entries]))).rejects.toMatchObject({
      kind: "unsafe",
      message: expect.stringMatching(reason),
    });
    expect(outside()).toEqual([]);
  });

  test.each<[string, Buffer]>([
    ["no zip at all", Buffer.from("hello")],
    ["nothing", Buffer.alloc(0)],
    ["only its first half", makeZip([file("a", { content: "x".repeat(999) })]).subarray(0, 60)],
    ["a directory of nonsense", garbled(makeZip([file("a")]))],
  ])("%s", async (_what, zip) => {
    await expect(extract(zip)).rejects.toMatchObject({ kind: "unsafe", code: "bad-archive" });
  });
});

describe("an archive is too large when", () => {
  const huge = Buffer.alloc(LIMITS.bytes + 1);
  test.each<[string, ZipEntry[], RegExp]>([
    ["a file says to be", [file("a", { content: huge })], /100,000 bytes/],
    [
      "its files are together",
      [1, 2, 3].map((i) => file(`${i}`, { content: Buffer.alloc(40_000) })),
      /100,000 bytes/,
    ],
    ["it has too many entries", Array.from({ length: 51 }, (_, i) => file(`f${i}`)), /50 entries/],
  ])("%s", async (_what, entries, reason) => {
    await expect(extract(makeZip(entries))).rejects.toMatchObject({
      kind: "tooLarge",
      message: expect.stringMatching(reason),
    });
  });

  test("its bytes are counted as they come, whatever it says", async () => {
    // Ten megabytes in ten kilobytes, said to be one byte.
    const bomb = makeZip([file("bomb", { content: Buffer.alloc(10_000_000), claimedSize: 1 })]);
    await expect(extract(bomb)).rejects.toMatchObject({ kind: expect.stringMatching(/unsafe|tooLarge/) });
    expect(statSync(join(into, "bomb"), { throwIfNoEntry: false })?.size ?? 0).toBeLessThan(LIMITS.bytes);
  });

  test("exactly the limit is not", async () => {
    await extract(makeZip([file("a", { content: Buffer.alloc(LIMITS.bytes) })]));
    expect(statSync(join(into, "a")).size).toBe(LIMITS.bytes);
  });
});

describe("a good archive", () => {
  test("comes out with contents, folders, modes and links", async () => {
    await extract(
      makeZip([
        file("empty/", { content: "", mode: FOLDER }),
        file("main.go", { content: "package main\n", stored: true }),
        file("bin/run", { content: "#!/bin/sh\n", mode: EXECUTABLE }),
        file("bin/set-user-id", { mode: 0o104755 }),
        file("read-only", { mode: 0o100444 }),
        file("./née 名前.txt", { content: "ü" }),
        { name: "no-modes", content: "x" },
        link("bin/main", "../main.go"),
        link("dangling", "not/there"),
        link("up", "bin/.."),
      ]),
    );
    const mode = (path: string) => statSync(join(into, path)).mode & 0o7777;
    expect(readFileSync(join(into, "main.go"), "utf8")).toBe("package main\n");
    expect(readFileSync(join(into, "née 名前.txt"), "utf8")).toBe("ü");
    expect(statSync(join(into, "empty")).isDirectory()).toBe(true);
    expect([mode("bin/run"), mode("bin/set-user-id"), mode("read-only"), mode("no-modes")]).toEqual([
      0o755, 0o755, 0o644, 0o644,
    ]);
    expect(readlinkSync(join(into, "bin/main"))).toBe("../main.go");
    expect(readlinkSync(join(into, "dangling"))).toBe("not/there");
    expect(readFileSync(join(into, "up/main.go"), "utf8")).toBe("package main\n");
  });

  test("made by a real tool comes out the same", async () => {
    const source = join(folder, "outer/inner/../source");
    mkdirSync(join(source, "a/b"), { recursive: true });
    writeFileSync(join(source, "a/b/run.sh"), "#!/bin/sh\n", { mode: 0o755 });
    const script = "import shutil,sys; shutil.make_archive(sys.argv[1], 'zip', sys.argv[2])";
    execFileSync("python3", ["-c", script, join(folder, "made"), source]);
    await extract(readFileSync(join(folder, "made.zip")));
    expect(statSync(join(into, "a/b/run.sh")).mode & 0o777).toBe(0o755);
  });
});

test("a link is judged as the disk would follow it", PATIENCE, () => {
  // Real trees of random links: what the check lets pass must never resolve outside.
  const name = fc.constantFrom("a", "b", "c");
  const step = fc.constantFrom("a", "b", "c", "..", ".");
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
  const target = fc.array(step, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));
  let judged = 0;
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(path, target), { selector: ([at]) => at, maxLength: 4 }), (pairs) => {
      const links = new Map(pairs.filter(([at]) => !pairs.some(([other]) => at.startsWith(`${other}/`))));
      if ([...links.keys()].some((at) => whyLinkLeadsOut(at, links))) return;
      const root = mkdtempSync(join(folder, "tree-"));
      const inner = join(root, "in");
      for (const [at, to] of links) {
        mkdirSync(join(inner, at, ".."), { recursive: true });
        execFileSync("ln", ["-s", to, join(inner, at)]);
      }
      for (const at of links.keys()) {
        const resolved = execFileSync("realpath", ["-m", join(inner, at)], { encoding: "utf8" }).trim();
        expect(`${resolved}/`.startsWith(`${inner}/`)).toBe(true);
        judged += 1;
      }
    }),
    fewerRuns(40),
  );
  expect(judged).toBeGreaterThan(10);
});
