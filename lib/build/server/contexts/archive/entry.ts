/** What one entry of an archive, or of a list that a browser sends, would become; or why it is refused. Pure. */
import { Refusal } from "../../../../share/refusal";

export interface PlannedEntry {
  /** Relative, with slashes, without `.` or `..`. */
  path: string;
  type: "file" | "folder" | "link";
  /** Permission bits; the owner can always read and write. */
  mode: number;
}

const MAX_PATH_BYTES = 4_000;
const MAX_NAME_BYTES = 255;
const TYPE_BITS = 0o170000;
const TYPES = new Map<number, PlannedEntry["type"]>([
  [0o040000, "folder"],
  [0o100000, "file"],
  [0o120000, "link"],
]);

/**
 * Null for the archive's own root, which is there already.
 *
 * @param name with slashes
 * @param mode permission bits, 0 where they are not known
 */
export function planEntry(name: string, type: PlannedEntry["type"], mode: number): PlannedEntry | null {
  if (name.includes("\0")) throw unsafeEntry(name, "its name has a NUL character");
  if (name.startsWith("/")) throw unsafeEntry(name, "its path is absolute");
  if (/^[a-zA-Z]:/.test(name)) throw unsafeEntry(name, "its path names a drive");
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw unsafeEntry(name, "its path leads out of it with “..”");
  if (parts.some((part) => Buffer.byteLength(part) > MAX_NAME_BYTES))
    throw unsafeEntry(name, "its name is too long");
  const path = parts.join("/");
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) throw unsafeEntry(name, "its path is too long");
  if (path === "") {
    if (type === "folder") return null;
    throw unsafeEntry(name, "it has no name");
  }
  return { path, type, mode: permissions(type, mode) };
}

/** What an entry of a zip is, by the Unix mode that its archive states; 0 where that knows none. */
export function typeOfMode(name: string, mode: number): PlannedEntry["type"] {
  const stated = mode & TYPE_BITS;
  if (stated === 0) return name.endsWith("/") ? "folder" : "file";
  const type = TYPES.get(stated);
  if (!type) throw notAFile(name);
  return name.endsWith("/") ? "folder" : type;
}

/** Kept as they are, so that what is executable stays so; set-user-id and its like are dropped. */
function permissions(type: PlannedEntry["type"], mode: number): number {
  if (type === "folder") return (mode & 0o777 || 0o755) | 0o700;
  return (mode & 0o777 || 0o644) | 0o600;
}

export function notAFile(name: string): Refusal {
  return unsafeEntry(name, "it is neither a file, a folder nor a link");
}

export function unsafeEntry(name: string, reason: string): Refusal {
  const shown = JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
  return new Refusal(
    "unsafe",
    "unsafe-archive",
    `The build context cannot be used: entry ${shown} is refused, because ${reason}.`,
    "Leave that entry out. The build context attached before is unchanged.",
    { entry: name.slice(0, 1_000) },
  );
}
