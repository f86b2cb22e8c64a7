import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hashFile, modeOf, ReadError } from "@/components/start/hash-file";
import { batches } from "@/components/start/send-files";
import { readFrames } from "@/lib/build/server/contexts/frames";

const at = (path: string, content: string | Uint8Array, lastModified = Date.UTC(2024, 0, 1)) => ({
  path,
  file: new File([content as BlobPart], path, { lastModified }),
});
const hashOf = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

describe.each([
  ["by the browser itself", crypto.subtle],
  ["where the browser does not, as on a page without TLS", undefined],
])("%s", (_, subtle) => {
  test.each<[string, string | Uint8Array, number]>([
    ["text", "hello", 0o644],
    ["nothing", "", 0o644],
    ["a script", "#!/bin/sh\n", 0o755],
    ["a program", Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2), 0o755],
    ["many parts", new Uint8Array(500_000).fill(7), 0o644],
  ])("a file is named by its content: %s", async (_what, content, mode) => {
    let read = 0;
    const hashed = await hashFile(
      at("a/b", content),
      (bytes) => {
        read += bytes;
      },
      subtle ?? (null as unknown as undefined),
    );
    const bytes = Buffer.from(content as string).length;
    expect(hashed).toEqual({
      path: "a/b",
      blob: hashOf(content),
      bytes,
      mode,
      modified: Date.UTC(2024, 0, 1),
    });
    expect(read).toBe(bytes);
  });

  test("a file that can't be read is named", async () => {
    const broken = () => {
      throw new Error("NotFoundError");
    };
    const file = { size: 9, lastModified: 1, slice: () => new Blob([]), stream: broken, arrayBuffer: broken };
    const hashing = hashFile({ path: "src/gone", file } as never, () => {}, subtle ?? (null as never));
    await expect(hashing).rejects.toThrow(ReadError);
    await expect(hashing).rejects.toMatchObject({ path: "src/gone" });
  });
});

test.each([
  ["an empty file", [], 0o644],
  ["half a mark", [0x23], 0o644],
  ["a script", [0x23, 0x21], 0o755],
])("%s", (_, head, mode) => {
  expect(modeOf(Uint8Array.from(head))).toBe(mode);
});

test("contents go in a few requests, each once, as the server reads them", async () => {
  const contents = ["one", "", "x".repeat(5_000_000), "y".repeat(5_000_000), "z".repeat(20_000_000)];
  const files = new Map(contents.map((content) => [hashOf(content), at("f", content).file]));
  const read: [number, string][] = [];
  let request = 0;
  for (const { parts, bytes } of batches([...files.keys()], files)) {
    const body = Buffer.from(await new Response(new Blob(parts)).arrayBuffer());
    const cut = async function* () {
      for (let at = 0; at < body.length; at += 65_521) yield body.subarray(at, at + 65_521);
    };
    let sum = 0;
    for await (const frame of readFrames(cut())) {
      const hash = createHash("sha256");
      for await (const part of frame.content) hash.update(part);
      expect(hash.digest("hex")).toBe(frame.blob);
      read.push([request, frame.blob]);
      sum += frame.bytes;
    }
    expect(sum).toBe(bytes);
    request += 1;
  }
  expect(read.map(([nth]) => nth)).toEqual([0, 0, 0, 1, 2]);
  expect(read.map(([, blob]) => blob)).toEqual([...files.keys()]);
});
