import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Intake } from "@/lib/build/server/contexts/archive/intake";
import { whyLinkLeadsOut } from "@/lib/build/server/contexts/archive/links";
import { receiveArchive } from "@/lib/build/server/contexts/archive/receive";
import { Staging } from "@/lib/build/server/contexts/blobs";
import type { StoredEntry } from "@/lib/build/server/contexts/entries";
import { fewerRuns, PATIENCE } from "../laws";
import { garbledTar, type HeaderData, makeTar } from "./tar";
import { EXECUTABLE, FILE, FOLDER, LINK, makeZip, type ZipEntry } from "./zip";

const LIMITS = { bytes: 100_000, entries: 50 };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagecraft-archive-"));
  mkdirSync(join(folder, "contents"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What an archive holds, in order, as if it were sent. */
function extract(archive: Buffer, limits = LIMITS, staging?: Staging): Promise<StoredEntry[]> {
  const intake = new Intake(staging ?? new Staging(join(folder, "contents")), limits);
  const parts = async function* () {
    for (let at = 0; at < archive.length; at += 1000) yield archive.subarray(at, at + 1000);
  };
  return receiveArchive(parts(), intake, { folder, limit: 50_000_000 });
}

/** What is on disk and no content under its hash. */
function outside(): string[] {
  const found = execFileSync("find", [folder, "-type", "f"], { encoding: "utf8" });
  return found
    .split("\n")
    .filter((path) => path !== "" && path !== join(folder, "archive.zip"))
    .filter((path) => !/\/contents\/[0-9a-f]{64}$/.test(path));
}

const contentOf = ({ blob }: StoredEntry) => readFileSync(join(folder, "contents", blob!), "utf8");

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

  test("content longer than it says, on a disk that takes its time", async () => {
    const slow = new (class extends Staging {
      override async receive(...args: Parameters<Staging["receive"]>) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        return super.receive(...args);
      }
    })(join(folder, "contents"));
    const zip = makeZip([file("a", { content: "xx".repeat(50), claimedSize: 1 })]);
    await expect(extract(zip, LIMITS, slow)).rejects.toMatchObject({ code: "bad-archive" });
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
    expect(outside()).toEqual([]);
  });

  test("exactly the limit is not", async () => {
    const [entry] = await extract(makeZip([file("a", { content: Buffer.alloc(LIMITS.bytes) })]));
    expect(entry!.bytes).toBe(LIMITS.bytes);
  });
});

interface Made {
  path: string;
  mode: string;
  /** Content, or where a link points. */
  holds: string | null;
}

const madeOf = (entries: StoredEntry[]) =>
  entries.map(
    (entry): Made => ({
      path: entry.path,
      mode: entry.mode.toString(8),
      holds: entry.link ?? (entry.blob ? contentOf(entry) : null),
    }),
  );

describe("a good archive", () => {
  test("comes out with contents, folders, modes and links", async () => {
    const entries = await extract(
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
    expect(madeOf(entries)).toEqual([
      { path: "bin", mode: "755", holds: null },
      { path: "bin/main", mode: "777", holds: "../main.go" },
      { path: "bin/run", mode: "755", holds: "#!/bin/sh\n" },
      { path: "bin/set-user-id", mode: "755", holds: "x" },
      { path: "dangling", mode: "777", holds: "not/there" },
      { path: "empty", mode: "755", holds: null },
      { path: "main.go", mode: "644", holds: "package main\n" },
      { path: "no-modes", mode: "644", holds: "x" },
      { path: "née 名前.txt", mode: "644", holds: "ü" },
      { path: "read-only", mode: "644", holds: "x" },
      { path: "up", mode: "777", holds: "bin/.." },
    ]);
  });

  const source = () => join(folder, "source");

  test.each<[string, (archive: string) => void]>([
    [
      "zip",
      (archive) => {
        const script = "import shutil,sys; shutil.make_archive(sys.argv[1][:-4], 'zip', sys.argv[2])";
        execFileSync("python3", ["-c", script, archive, source()]);
      },
    ],
    ["tar", (archive) => execFileSync("tar", ["-cf", archive, "-C", source(), "."])],
    ["tgz", (archive) => execFileSync("tar", ["-czf", archive, "-C", source(), "a", "long"])],
    ["pax", (archive) => execFileSync("tar", ["--format=pax", "-cf", archive, "-C", source(), "a", "long"])],
    ["ustar", (archive) => execFileSync("tar", ["--format=ustar", "-cf", archive, "-C", source(), "a"])],
  ])("made by a real tool comes out the same: %s", async (kind, make) => {
    mkdirSync(join(source(), "a/b"), { recursive: true });
    mkdirSync(join(source(), "long", "n".repeat(150)), { recursive: true });
    writeFileSync(join(source(), "a/b/run.sh"), "#!/bin/sh\n", { mode: 0o755 });
    writeFileSync(join(source(), "long", "n".repeat(150), "ünï"), "x".repeat(3000));
    if (kind !== "zip") {
      symlinkSync("b/run.sh", join(source(), "a/alias"));
      linkSync(join(source(), "a/b/run.sh"), join(source(), "a/twin.sh"));
    }
    const archive = join(folder, `made.${kind}`);
    make(archive);
    const made = new Map(madeOf(await extract(readFileSync(archive))).map((entry) => [entry.path, entry]));
    expect(made.get("a/b/run.sh")).toMatchObject({ mode: "755", holds: "#!/bin/sh\n" });
    if (kind !== "ustar") {
      expect(made.get(`long/${"n".repeat(150)}/ünï`)).toMatchObject({ holds: "x".repeat(3000) });
    }
    if (kind === "zip") return;
    expect(made.get("a/alias")).toMatchObject({ holds: "b/run.sh" });
    expect(made.get("a/twin.sh")).toMatchObject({ mode: "755", holds: "#!/bin/sh\n" });
  });
});

describe("a tar is refused when it", () => {
  const entry = (header: HeaderData, content = "") => makeTar([{ header, content }]);

  test.each<[string, Buffer, RegExp]>([
    ["climbs out", entry({ path: "../evil", type: "File" }), /“\.\.”/],
    ["has an absolute path", entry({ path: "/etc/evil", type: "File" }), /absolute/],
    ["has a device", entry({ path: "dev", type: "CharacterDevice" }), /neither/],
    ["has a pipe", entry({ path: "pipe", type: "FIFO" }), /neither/],
    ["links out", entry({ path: "a", type: "SymbolicLink", linkpath: "../x" }), /leads out/],
    ["links to /", entry({ path: "a", type: "SymbolicLink", linkpath: "/etc" }), /absolute/],
    ["has a hard link to outside", entry({ path: "a", type: "Link", linkpath: "../x" }), /“\.\.”/],
    ["has a hard link to nothing", entry({ path: "a", type: "Link", linkpath: "b" }), /no file before it/],
    [
      "has the same file twice",
      makeTar([
        { header: { path: "a", type: "File" }, content: "1" },
        { header: { path: "./a", type: "File" }, content: "2" },
      ]),
      /twice/,
    ],
    [
      "writes through a link",
      makeTar([
        { header: { path: "a", type: "SymbolicLink", linkpath: "b" }, content: "" },
        { header: { path: "a/c", type: "File" }, content: "2" },
      ]),
      /lies within "a", which is a link/,
    ],
    ["is cut off", entry({ path: "a", type: "File" }, "x".repeat(2000)).subarray(0, 1500), /read/],
    ["is damaged", garbledTar(entry({ path: "a", type: "File" }, "x")), /read/],
    ["is packed with something else", Buffer.from("BZh91AY&SY nothing"), /bzip2/],
  ])("%s", async (_what, tar, reason) => {
    const refused = { kind: "unsafe", message: expect.stringMatching(reason) };
    await expect(extract(tar)).rejects.toMatchObject(refused);
    await expect(extract(gzipSync(tar))).rejects.toBeTruthy();
    expect(outside()).toEqual([]);
  });

  test.each<[string, () => Buffer]>([
    ["has too many bytes", () => entry({ path: "a", type: "File" }, "x".repeat(LIMITS.bytes + 1))],
    [
      "has too many entries",
      () =>
        makeTar(
          Array.from({ length: 51 }, (_, i) => ({ header: { path: `f${i}`, type: "File" }, content: "" })),
        ),
    ],
  ])("%s, packed as tightly as may be", async (_what, make) => {
    await expect(extract(gzipSync(make()))).rejects.toMatchObject({ kind: "tooLarge" });
    expect(outside()).toEqual([]);
  });

  test("has a header of more than a name can be", async () => {
    const header: HeaderData = { path: "PaxHeader", type: "ExtendedHeader" };
    const tar = makeTar([
      { header, content: "9".repeat(3_000_000) },
      { header: { path: "a", type: "File" }, content: "x" },
    ]);
    await expect(extract(gzipSync(tar))).rejects.toMatchObject({ kind: "unsafe" });
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
