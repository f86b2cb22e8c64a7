import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import yauzl from "yauzl";
import { modeOf, PackError, packFiles } from "@/components/start/zip-stream";

const at = (path: string, content: string | Uint8Array, lastModified = Date.UTC(2024, 0, 1)) => ({
  path,
  file: new File([content as BlobPart], path, { lastModified }),
});

/** Modes as an unpacker on Unix reads them, which is what counts. */
function modesIn(zip: Uint8Array): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(Buffer.from(zip), { lazyEntries: false }, (error, file) => {
      if (error) return reject(error);
      const modes: Record<string, string> = {};
      file.on("entry", (entry: yauzl.Entry) => {
        modes[entry.fileName] = (entry.externalFileAttributes >>> 16).toString(8);
      });
      file.on("end", () => resolve(modes));
      file.on("error", reject);
    });
  });
}

describe.each([0, 1] as const)("at level %i", (level) => {
  test("what comes out is what went in", async () => {
    const random = crypto.getRandomValues(new Uint8Array(60_000));
    const big = Uint8Array.from({ length: 500_000 }, (_, i) => random[i % 60_000]! & 0x3f);
    const files = [at("a.txt", "hello"), at("sub/leer", ""), at("sub/ü b.bin", big), at("old", "x", 0)];
    const seen: number[] = [];
    const zip = new Uint8Array(
      await (await packFiles(files, level, (bytes) => seen.push(bytes))).arrayBuffer(),
    );
    const unpacked = unzipSync(zip);
    expect(Object.keys(unpacked)).toEqual(["a.txt", "sub/leer", "sub/ü b.bin", "old"]);
    expect(new TextDecoder().decode(unpacked["a.txt"])).toBe("hello");
    expect(Buffer.compare(unpacked["sub/ü b.bin"]!, big)).toBe(0);
    expect(seen.at(-1)).toBe(5 + 500_000 + 1);
  });
});

test("what can be run stays so", async () => {
  const files = [
    at("run.sh", "#!/bin/sh\n"),
    at("prog", Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2)),
    at("text", "#x"),
  ];
  const zip = new Uint8Array(await (await packFiles(files, 0, () => {})).arrayBuffer());
  expect(await modesIn(zip)).toEqual({ "run.sh": "100755", prog: "100755", text: "100644" });
});

test.each([
  ["an empty file", [], 0o644],
  ["half a mark", [0x23], 0o644],
  ["a script", [0x23, 0x21], 0o755],
])("%s", (_, head, mode) => {
  expect(modeOf(Uint8Array.from(head))).toBe(mode);
});

test("a file that can't be read is named", async () => {
  const gone = {
    path: "src/gone",
    file: {
      slice: () => new Blob([]),
      lastModified: 1,
      stream: () => {
        throw new Error("NotFoundError");
      },
    },
  };
  const packing = packFiles([at("a", "a"), gone as never], 0, () => {});
  await expect(packing).rejects.toThrow(PackError);
  await expect(packing).rejects.toMatchObject({ path: "src/gone" });
});
