/** The files of a build context as a build reads them: one list in memory, contents on disk. */
import path from "node:path";

export interface FolderFile {
  /** Relative, with slashes. */
  path: string;
  kind: "file" | "folder" | "link";
  bytes: number;
  /** Permission bits, with set-user-id and its like. */
  mode: number;
  /** Milliseconds since 1970. */
  modified: number;
  /** Where a link points; of a link only. */
  link?: string;
  /** The file on disk that has its content; of a file only. */
  content?: string;
}

/** As many links as Linux follows. */
const MAX_HOPS = 40;

export class ContextFolder {
  private readonly byPath = new Map<string, FolderFile>();
  private readonly below = new Map<string, FolderFile[]>();

  /** Each file with all folders above it. */
  constructor(files: Iterable<FolderFile>) {
    for (const file of files) {
      this.byPath.set(file.path, file);
      const folder = parentOf(file.path);
      const siblings = this.below.get(folder);
      if (siblings) siblings.push(file);
      else this.below.set(folder, [file]);
    }
  }

  /** Links are not followed; undefined where there is none. */
  get(file: string): FolderFile | undefined {
    return this.byPath.get(file);
  }

  all(): FolderFile[] {
    return [...this.byPath.values()];
  }

  /** What is directly in a folder; "" is the whole. */
  children(folder: string): readonly FolderFile[] {
    return this.below.get(folder) ?? [];
  }

  /** The folder at a path, links on the way followed within the whole; null where there is none. */
  folder(at: string): ContextFolder | null {
    const found = this.resolve(at);
    if (found === null) return null;
    if (found === "") return this;
    const prefix = `${found}/`;
    const inside = [...this.byPath.values()].filter((file) => file.path.startsWith(prefix));
    return new ContextFolder(inside.map((file) => ({ ...file, path: file.path.slice(prefix.length) })));
  }

  private resolve(at: string): string | null {
    const ahead = at.split("/").reverse();
    const here: string[] = [];
    for (let hops = 0; ahead.length > 0; ) {
      const part = ahead.pop()!;
      if (part === "" || part === ".") continue;
      if (part === "..") {
        here.pop();
        continue;
      }
      const found = this.byPath.get([...here, part].join("/"));
      if (found?.kind === "folder") here.push(part);
      else if (found?.link === undefined || ++hops > MAX_HOPS) return null;
      else {
        if (found.link.startsWith("/")) here.length = 0;
        ahead.push(...found.link.split("/").reverse());
      }
    }
    return here.join("/");
  }
}

function parentOf(file: string): string {
  const parent = path.posix.dirname(file);
  return parent === "." ? "" : parent;
}
