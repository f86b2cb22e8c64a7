/** An image as the host sends it: every form, in pieces of any size; and what is cut short, strange or too much. */
import { expect, it, test } from "vitest";
import { LayerTar } from "@/lib/build/server/files/layer-tar";
import { packListing, unpackListing } from "@/lib/build/server/files/listing";
import { layersOf } from "@/lib/build/server/files/read-stage";
import { readSavedImage } from "@/lib/build/server/files/save-archive";
import { parseDockerfile } from "@/lib/dockerfile";
import { pieces, type SavedSetup, savedImage, type TarFile } from "./saved-image";

const LONG = `${"folder/".repeat(40)}file`;
const first: TarFile[] = [
  { path: "etc/", type: "Directory", mode: 0o755 },
  { path: "etc/a", content: "three" },
  { path: "bin/sh", content: Buffer.alloc(3_000, 7), mode: 0o4755 },
  { path: "bin/ash", type: "Link", link: "bin/sh" },
  { path: "lib", type: "SymbolicLink", link: "usr/lib" },
];
const second: TarFile[] = [{ path: "etc/.wh.a" }, { path: "{", content: "{}" }];

const read = (bytes: Buffer, size = 65_536, entries = 1_000) => {
  let counted = 0;
  return readSavedImage(pieces(bytes, size), { entries }, (more) => {
    counted += more;
  }).then((image) => ({ ...image, counted }));
};

it.each<[string, Omit<SavedSetup, "layers">]>([
  ["up to engine 24", { form: "old" }],
  ["from engine 25 on", { form: "oci" }],
  ["on the containerd store", { form: "packed" }],
  ["with the manifest first", { form: "oci", manifestFirst: true }],
])("reads entries, never contents: %s", async (_, setup) => {
  for (const size of [65_536, 700, 13]) {
    const image = await read(savedImage({ ...setup, layers: [first, second, first] }), size);
    expect(image.layers).toHaveLength(3);
    expect(image.layers[0]).toEqual([
      { path: "etc", kind: "folder", bytes: 0, mode: 0o755, link: null },
      { path: "etc/a", kind: "file", bytes: 5, mode: 0o644, link: null },
      { path: "bin/sh", kind: "file", bytes: 3_000, mode: 0o4755, link: null },
      { path: "bin/ash", kind: "hardlink", bytes: 0, mode: 0o644, link: "bin/sh" },
      { path: "lib", kind: "link", bytes: 0, mode: 0o644, link: "usr/lib" },
    ]);
    expect(image.layers[1]!.map(({ path }) => path)).toEqual(["etc/.wh.a", "{"]);
    expect(image.layers[2]).toEqual(image.layers[0]);
    expect(image.counted).toBeGreaterThan(3_000);
  }
});

test("an image without layers, and a layer without files", async () => {
  expect((await read(savedImage({ layers: [] }))).layers).toEqual([]);
  expect((await read(savedImage({ layers: [[]] }))).layers).toEqual([[]]);
});

it.each<[string, () => Buffer, string]>([
  ["cut short", () => savedImage({ layers: [first] }).subarray(0, 3_000), "broken-archive|strange-layer"],
  ["nothing at all", () => Buffer.alloc(0), "broken-archive"],
  [
    "a layer that is packed and cut",
    () => broken(savedImage({ layers: [first], form: "packed" })),
    "strange-layer",
  ],
  ["more files than are listed", () => savedImage({ layers: [many(600), many(700)] }), "too-many-files"],
  [
    "a path beyond all measure",
    () => savedImage({ layers: [[{ path: "a/".repeat(5_000) }]] }),
    "strange-layer",
  ],
])("refuses %s", async (_, bytes, code) => {
  await expect(read(bytes())).rejects.toMatchObject({
    code: expect.stringMatching(code),
    hint: expect.any(String),
  });
});

const many = (count: number): TarFile[] =>
  Array.from({ length: count }, (_, index) => ({ path: `${index}` }));

/** Zeros in the midst of the first packed layer. */
function broken(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, 560), Buffer.alloc(40), bytes.subarray(600)]);
}

/** A folder, a file of five bytes and a program of 300,000, packed by the zstd command at level 19. */
const ZSTD =
  "KLUv/aQAoAQAnAMAokMMELA7IRo7oqqha2Y6hSJZVAqmNISvkrZ2UMNAOuTcl3kWu6o8Dtd41m6VEXc7Mw+U9xeAgBBSYB319yt5ZK+K6+UFGjCD7gHy" +
  "1PtXHRhQsQIEZgThD8YBwpKEUzBNvktIbAcA8CYra156oCg7PeEJoEQAAAABAP3/OQACfQAAAANAACJAhe99CVK7NzoIbml+hg==";

test.each([10_000, 97, 8])(
  "a layer that is packed with zstd is read, in pieces of %i bytes",
  async (size) => {
    let counted = 0;
    const unpack = (bytes: Buffer) =>
      readLayer(pieces(bytes, size), (more) => {
        counted += more;
      });
    const bytes = Buffer.from(ZSTD, "base64");
    expect((await unpack(bytes)).map(({ path, bytes }) => [path, bytes])).toEqual([
      ["etc", 0],
      ["etc/a", 5],
      ["bin/sh", 300_000],
    ]);
    expect(counted).toBe(303_104);
    for (const cut of [bytes.subarray(0, 120), Buffer.concat([bytes.subarray(0, 40), Buffer.alloc(120)])])
      await expect(unpack(cut)).rejects.toMatchObject({ code: "strange-layer" });
  },
);

async function readLayer(packed: AsyncIterable<Buffer>, count: (bytes: number) => void) {
  const layer = new LayerTar({ entries: 10 }, count);
  for await (const piece of packed) await layer.write(piece);
  return layer.end();
}

test("ends with its source", async () => {
  async function* cut() {
    yield* pieces(savedImage({ layers: [first] }).subarray(0, 2_000), 500);
    throw new DOMException("left", "AbortError");
  }
  await expect(readSavedImage(cut(), { entries: 1_000 }, () => {})).rejects.toMatchObject({
    name: "AbortError",
  });
});

test("layers bear the words and the size of what made them", async () => {
  const [stage] = parseDockerfile("FROM busybox\nENV A=b\nRUN touch \\\n  /x\nCOPY . /y\n").stages;
  const history = [
    { created_by: "/bin/sh -c #(nop) ADD file:1 in / " },
    { created_by: '/bin/sh -c #(nop)  CMD ["sh"]', empty_layer: true },
    { created_by: "ENV A=b", empty_layer: true },
    { created_by: "RUN /bin/sh -c touch   /x # buildkit" },
    { created_by: "COPY . /y # buildkit" },
  ];
  const saved = await read(savedImage({ layers: [first, second, first], history }));
  const told = history.map(({ created_by }, index) => ({
    CreatedBy: created_by,
    Size: index * 10,
    Comment: "",
  }));
  const layers = layersOf(saved, told, stage!);
  expect(layers.map(({ instruction, text, size }) => [instruction, text, size])).toEqual([
    [null, "ADD file:1 in /", 0],
    [2, "RUN touch /x", 30],
    [3, "COPY . /y", 40],
  ]);
  // A history that does not fit is not guessed at.
  expect(layersOf(saved, told.slice(1), stage!).map(({ instruction, size }) => [instruction, size])).toEqual([
    [null, null],
    [null, null],
    [null, null],
  ]);
});

test("a listing is kept packed, and comes back as it was", async () => {
  const { layers } = await read(savedImage({ layers: [[...first, { path: LONG, content: "x" }], second] }));
  const listed = layers.map((entries, index) => ({ instruction: index, text: "RUN it", size: 7, entries }));
  const back = await unpackListing(await packListing(listed));
  const sorted = listed.map((layer) => ({
    ...layer,
    entries: [...layer.entries].sort((one, other) => (one.path < other.path ? -1 : 1)),
  }));
  expect(back).toEqual(sorted);
});
