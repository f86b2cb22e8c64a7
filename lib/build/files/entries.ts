/** What a layer's tar says of its files: names, kinds and sizes, never what is in them. */

export type FileKind = "file" | "folder" | "link" | "hardlink" | "other";

export interface LayerEntry {
  /** From the root of the image, without a slash at either end; the root itself is "". */
  path: string;
  kind: FileKind;
  /** Of the file's content; 0 for anything but a file, also for a further name of a file (a hard link). */
  bytes: number;
  /** Permission bits, setuid, setgid and sticky included. */
  mode: number;
  /** Where a link points, or which file a hard link is a further name of. */
  link: string | null;
}

const WHITEOUT = ".wh.";
const OPAQUE = ".wh..wh..opq";

export type Whiteout =
  /** This path is gone, with all beneath it. */
  | { kind: "removed"; path: string }
  /** All that lower layers have in this folder is gone. */
  | { kind: "opaque"; path: string }
  /** Housekeeping of a storage driver: no file of the image. */
  | { kind: "internal" };

/** What a path says beyond its name, after the OCI image specification (layer.md, "Whiteouts"); null for a file. */
export function whiteoutOf(path: string): Whiteout | null {
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1);
  if (!name.startsWith(WHITEOUT)) return null;
  const folder = slash < 0 ? "" : path.slice(0, slash);
  if (name === OPAQUE) return { kind: "opaque", path: folder };
  if (name.startsWith(WHITEOUT + WHITEOUT)) return { kind: "internal" };
  const gone = name.slice(WHITEOUT.length);
  return gone === "" ? { kind: "internal" } : { kind: "removed", path: path.slice(0, slash + 1) + gone };
}

/** As a tar has it ("./usr/bin/", "/usr//bin") in one form ("usr/bin"); null for one that leads out of the image. */
export function entryPath(path: string): string | null {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.includes("..") ? null : parts.join("/");
}
