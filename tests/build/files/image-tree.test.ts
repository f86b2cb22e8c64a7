/** Layers of files put on each other: what each did, what is there in the end, what is wasted. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { entryPath, type LayerEntry, whiteoutOf } from "@/lib/build/files/entries";
import { imageTree } from "@/lib/build/files/image-tree";
import { findInView, layerView, stageView, type ViewNode, viewAt } from "@/lib/build/files/views";
import { wastedIn } from "@/lib/build/files/wasted";
import { fewerRuns } from "../../laws";

/** "dir/", "link>target", "same=file", "file:bytes"; a mode behind "@", in octal. */
function entry(words: string): LayerEntry {
  const [what, mode] = words.split("@");
  const of = (path: string, part: Partial<LayerEntry>): LayerEntry => ({
    path,
    kind: "file",
    bytes: 0,
    mode: Number.parseInt(mode ?? (part.kind === "folder" ? "755" : "644"), 8),
    link: null,
    ...part,
  });
  if (what!.endsWith("/")) return of(what!.slice(0, -1), { kind: "folder" });
  const [, path, sign, rest] = /^([^:>=]+)(?:([:>=])(.*))?$/.exec(what!)!;
  if (sign === ">") return of(path!, { kind: "link", link: rest! });
  if (sign === "=") return of(path!, { kind: "hardlink", link: rest! });
  return of(path!, { bytes: Number(rest ?? 0) });
}
const layersOf = (layers: string[]) => layers.map((layer) => layer.split(" ").filter(Boolean).map(entry));

/** Each path that bears a mark, or is there: "+a/b 3", "-a/c 5" with the bytes that it takes away. */
function told(view: ViewNode, path = ""): string[] {
  return view.children.flatMap((child) => {
    const at = path + child.name;
    const sign = child.mark === null ? "" : { added: "+", changed: "~", removed: "-" }[child.mark];
    const own = child.kind === "folder" ? "/" : ` ${child.mark === "removed" ? child.removed : child.bytes}`;
    return [`${sign}${at}${own}`, ...told(child, `${at}/`)];
  });
}
const sorted = (lines: string[]) =>
  [...lines].sort((a, b) => (a.replace(/^\W/, "") < b.replace(/^\W/, "") ? -1 : 1));

describe("one layer", () => {
  it.each<[string, string[], string[]]>([
    ["adds files and the folders that it names", ["", "etc/ etc/a:3"], ["+etc/", "+etc/a 3"]],
    ["makes folders that no tar names", ["", "a/b/c:1"], ["+a/", "+a/b/", "+a/b/c 1"]],
    ["passes through a folder that stays as it was", ["etc/ etc/a:3", "etc/ etc/b:4"], ["etc/", "+etc/b 4"]],
    ["changes a folder's mode", ["etc/ etc/a:3", "etc/@700"], ["~etc/"]],
    ["writes a file anew", ["a:3", "a:5"], ["~a 5"]],
    ["removes a file", ["d/a:3 d/b:1", "d/ d/.wh.a"], ["d/", "-d/a 3"]],
    ["removes a folder with all in it", ["d/a:3 d/e/b:1", ".wh.d"], ["-d/", "-d/a 3", "-d/e/", "-d/e/b 1"]],
    ["empties a folder", ["d/ d/a:3", "d/ d/.wh..wh..opq d/b:2"], ["d/", "-d/a 3", "+d/b 2"]],
    ["writes anew what it removed, in any order", ["d/ d/a:3", "d/ d/a:4 d/.wh..wh..opq"], ["d/", "~d/a 4"]],
    ["puts a file in a folder's place", ["d/a:3", "d:1"], ["~d 1", "-d/a 3"]],
    ["puts a folder in a file's place", ["d:3", "d/ d/a:1"], ["~d/", "+d/a 1"]],
    ["puts a folder in a link's place", ["lib>usr/lib usr/lib/x:1", "lib/y:2"], ["~lib/", "+lib/y 2"]],
    ["names a file twice at no cost", ["", "a:3 b=a"], ["+a 3", "+b 0"]],
    ["says nothing of a driver's housekeeping", ["a:1", ".wh..wh.plnk .wh..wh.aufs"], []],
    ["cannot remove what was never there", ["a:1", ".wh.b c/.wh.d"], []],
  ])("%s", (_, layers, expected) => {
    const view = layerView(imageTree(layersOf(layers)), 1);
    expect(sorted(told(view))).toEqual(sorted(expected));
  });

  it("sums folders up, the largest first", () => {
    const tree = imageTree(layersOf(["a/x:1 b/y:5 b/c/z:4 old:7", "b/y:6 .wh.old new:2"]));
    const whole = stageView(tree, 1);
    expect(
      whole.children.map(({ name, bytes, removed, files, marks }) => [name, bytes, removed, files, marks]),
    ).toEqual([
      ["b", 10, 0, 2, 1],
      ["old", 0, 7, 0, 0],
      ["new", 2, 0, 1, 0],
      ["a", 1, 0, 1, 0],
    ]);
    expect([whole.bytes, whole.removed, whole.files, whole.marks]).toEqual([13, 7, 4, 3]);
  });
});

describe("the whole stage against its base", () => {
  it.each<[string, string[], number, string[]]>([
    ["what the base has bears no mark", ["a:1", "b:2"], 1, ["a 1", "+b 2"]],
    ["on scratch all is added", ["a:1", "b:2"], 0, ["+a 1", "+b 2"]],
    ["changed twice is changed", ["a:1", "a:2", "a:3"], 1, ["~a 3"]],
    ["removed and made again is changed", ["a:1", ".wh.a", "a:3"], 1, ["~a 3"]],
    ["what came and went is not to be seen", ["a:1", "b:2", ".wh.b"], 1, ["a 1"]],
    ["what the base itself removed is not either", ["a:1 b:1", ".wh.b", "c:1"], 2, ["a 1", "+c 1"]],
    ["a file of the base is gone", ["a:1 b:1", "c:1", ".wh.b"], 1, ["a 1", "-b 1", "+c 1"]],
  ])("%s", (_, layers, base, expected) => {
    expect(sorted(told(stageView(imageTree(layersOf(layers)), base)))).toEqual(sorted(expected));
  });
});

describe("wasted", () => {
  it.each<[string, string[], number, string[], number]>([
    ["nothing", ["a:1", "b:2"], 0, [], 0],
    ["a copy that was written anew, not the new one", ["a:10", "a:12"], 0, ["a 10 by 1"], 0],
    ["each copy but the last", ["a:10", "a:12", "a:1"], 0, ["a 22 by 1,2"], 0],
    ["what was removed", ["d/a:5 d/b:6", ".wh.d"], 0, ["d/b 6 by 1", "d/a 5 by 1"], 0],
    ["links and folders weigh nothing", ["d/ l>x", "d:1 l:1"], 0, [], 0],
    ["what the base wasted by itself, apart", ["a:5 b:3", "a:6", "b:4"], 2, ["a 5 by 1", "b 3 by 2"], 5],
  ])("%s", (_, layers, base, expected, inBase) => {
    const wasted = wastedIn(imageTree(layersOf(layers)), base, 100);
    expect(wasted.top.map(({ path, bytes, hidden }) => `${path} ${bytes} by ${hidden}`)).toEqual(expected);
    expect(wasted.inBase).toBe(inBase);
    expect(wasted.bytes).toBe(wasted.top.reduce((sum, { bytes }) => sum + bytes, 0));
  });
});

test("finds paths by any part of them, largest first, and says how many there are", () => {
  const view = stageView(imageTree(layersOf(["usr/lib/Go.a:5 usr/lib/go.b:9 go/x:2 etc/a:1"])), 0);
  const found = findInView(view, "GO", 2);
  expect(found.found.map(({ path }) => path)).toEqual(["usr/lib/go.b", "usr/lib/Go.a"]);
  expect([found.total, found.bytes]).toEqual([3, 16]);
  expect(viewAt(view, "usr/lib")?.bytes).toBe(14);
  expect(viewAt(view, "usr/none/at")).toBeNull();
});

describe("names", () => {
  it.each<[string, string | null]>([
    ["./usr/bin/", "usr/bin"],
    ["/usr//bin", "usr/bin"],
    ["./", ""],
    ["../etc/passwd", null],
    ["a/../../b", null],
  ])("%s is %s", (path, expected) => expect(entryPath(path)).toBe(expected));

  it.each([
    ["a/.wh.b", { kind: "removed", path: "a/b" }],
    [".wh.b", { kind: "removed", path: "b" }],
    ["a/.wh..wh..opq", { kind: "opaque", path: "a" }],
    [".wh..wh..opq", { kind: "opaque", path: "" }],
    [".wh..wh.plnk", { kind: "internal" }],
    ["a/b.wh.c", null],
  ])("%s", (path, expected) => expect(whiteoutOf(path)).toEqual(expected));
});

/** Few names, so that layers meet. Nothing lies beneath what the same layer says is a file. */
const layer = fc
  .uniqueArray(
    fc.record({
      path: fc
        .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 })
        .map((names) => names.join("/")),
      kind: fc.constantFrom<LayerEntry["kind"]>("file", "folder", "link"),
      bytes: fc.nat(20),
      mode: fc.constantFrom(0o755, 0o700),
      out: fc.constantFrom("no", "no", "removed", "opaque"),
    }),
    { selector: ({ path }) => path, maxLength: 8 },
  )
  .map((all): LayerEntry[] => {
    const files = all.filter(({ kind, out }) => out === "no" && kind !== "folder").map(({ path }) => path);
    return (
      all
        .filter(({ path }) => !files.some((file) => path.startsWith(`${file}/`)))
        .map(({ path, kind, bytes, mode, out }) => {
          const of = (path: string): LayerEntry => ({
            path,
            kind: "file",
            bytes: 0,
            mode: 0o644,
            link: null,
          });
          if (out === "opaque") return of(`${path}/.wh..wh..opq`);
          if (out === "removed") return of(path.replace(/[^/]+$/, ".wh.$&"));
          return { path, kind, bytes: kind === "file" ? bytes : 0, mode, link: null };
        })
        // As the specification asks for: none of a file and its whiteout, none beneath what is a file.
        .filter(({ path }) => !files.some((file) => path.startsWith(`${file}/`)))
    );
  });

/** As an engine does it: a disk that each layer is unpacked onto. */
function unpack(layers: readonly LayerEntry[][]): Map<string, number> {
  const disk = new Map<string, number | "folder">();
  const remove = (path: string, itself: boolean) => {
    for (const at of [...disk.keys()])
      if ((itself && at === path) || at.startsWith(path === "" ? "" : `${path}/`)) disk.delete(at);
  };
  for (const entries of layers) {
    for (const { path } of entries) {
      const whiteout = whiteoutOf(path);
      if (whiteout?.kind === "removed") remove(whiteout.path, true);
      if (whiteout?.kind === "opaque") remove(whiteout.path, false);
    }
    for (const { path, kind, bytes } of entries) {
      if (whiteoutOf(path)) continue;
      const names = path.split("/");
      for (let depth = 1; depth < names.length; depth++) {
        const parent = names.slice(0, depth).join("/");
        if (disk.get(parent) !== "folder") disk.set(parent, "folder");
      }
      if (kind === "folder" && disk.get(path) === "folder") continue;
      remove(path, true);
      disk.set(path, kind === "folder" ? "folder" : bytes);
    }
  }
  return new Map([...disk].filter((each): each is [string, number] => each[1] !== "folder"));
}

function filesIn(view: ViewNode, path = ""): [string, number][] {
  return view.children.flatMap((child): [string, number][] => {
    const own: [string, number][] =
      child.mark !== "removed" && child.kind !== "folder" ? [[path + child.name, child.bytes]] : [];
    return [...own, ...filesIn(child, `${path}${child.name}/`)];
  });
}

test("the tree is what unpacking the layers leaves, and layers sum up to it and what is wasted", () => {
  fc.assert(
    fc.property(fc.array(layer, { maxLength: 5 }), fc.nat(5), (layers, some) => {
      const base = Math.min(some, layers.length);
      const tree = imageTree(layers);
      const whole = stageView(tree, base);
      expect(new Map(filesIn(whole))).toEqual(unpack(layers));
      const wasted = wastedIn(tree, base, Number.POSITIVE_INFINITY);
      const written = layers.map((_, index) => layerView(tree, index).bytes);
      const sent = layers.map((entries) => entries.reduce((sum, { bytes }) => sum + bytes, 0));
      expect(written).toEqual(sent);
      expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBe(whole.bytes + wasted.bytes);
    }),
    fewerRuns(2),
  );
});
