/**
 * Takes the files of a build context one by one, wherever they come from: nothing they say is believed before it has
 * been checked or counted.
 */
import { Refusal } from "../../../../share/refusal";
import type { Staging } from "../blobs";
import { inOrder, type StoredEntry } from "../entries";
import { type PlannedEntry, unsafeEntry } from "./entry";
import { whyLinkLeadsOut } from "./links";

export interface ContextLimits {
  /** Unpacked, of all files together. */
  bytes: number;
  entries: number;
}

const MAX_LINK_BYTES = 4_000;
/** Of all paths and link targets together: some 160 for each of the most entries. */
const MAX_NAME_BYTES = 16 * 1024 * 1024;
const IMPLIED_MODE = 0o755;

export class Intake {
  private bytes = 0;
  private entries = 0;
  private nameBytes = 0;
  private readonly taken = new Map<string, PlannedEntry["type"]>();
  private readonly links = new Map<string, string>();
  private readonly stored = new Map<string, StoredEntry>();
  private readonly implied = new Set<string>();

  constructor(
    private readonly staging: Staging,
    private readonly limits: ContextLimits,
    private readonly signal?: AbortSignal,
  ) {}

  /** To be called for each entry before anything else. */
  count(): void {
    this.signal?.throwIfAborted();
    if (++this.entries > this.limits.entries) throw tooManyEntries(this.limits);
  }

  /** Room for a file that says how long it is: enough to refuse early, never enough to accept. */
  expect(bytes: number): void {
    if (this.bytes + bytes > this.limits.bytes) throw tooManyBytes(this.limits);
  }

  folder(planned: PlannedEntry, modified: number): void {
    this.claim(planned);
    this.put({ path: planned.path, kind: "folder", bytes: 0, mode: planned.mode, modified });
  }

  /** `check` sees each part before it is kept. */
  async file(
    planned: PlannedEntry,
    modified: number,
    content: AsyncIterable<Uint8Array>,
    check?: (part: Uint8Array) => void,
  ): Promise<void> {
    this.claim(planned);
    const { blob, bytes } = await this.staging.receive(content, (part) => {
      this.signal?.throwIfAborted();
      this.expect(part.length);
      this.bytes += part.length;
      check?.(part);
    });
    this.put({ path: planned.path, kind: "file", bytes, mode: planned.mode, modified, blob });
  }

  /** A file of which the content is there already. */
  known(planned: PlannedEntry, modified: number, blob: string, bytes: number): void {
    this.claim(planned);
    this.expect(bytes);
    this.bytes += bytes;
    this.put({ path: planned.path, kind: "file", bytes, mode: planned.mode, modified, blob });
  }

  link(planned: PlannedEntry, modified: number, target: string): void {
    this.claim(planned);
    if (Buffer.byteLength(target) > MAX_LINK_BYTES)
      throw unsafeEntry(planned.path, "the link's target is too long");
    if (target === "" || target.includes("\0"))
      throw unsafeEntry(planned.path, "it is a link without a usable target");
    this.links.set(planned.path, target);
    this.put({ path: planned.path, kind: "link", bytes: 0, mode: 0o777, modified, link: target });
  }

  /** A second name for a file that was taken before. */
  twin(planned: PlannedEntry, of: string): void {
    const first = this.stored.get(of);
    if (first?.blob === undefined) {
      throw unsafeEntry(
        planned.path,
        `it is a hard link to ${JSON.stringify(of)}, which is no file before it`,
      );
    }
    this.known({ ...planned, mode: first.mode }, first.modified, first.blob, first.bytes);
  }

  /** All of it in order, with the folders that nobody named. */
  finish(): StoredEntry[] {
    // Links last: only now is it known what they lead through.
    for (const path of this.links.keys()) {
      const reason = whyLinkLeadsOut(path, this.links);
      if (reason) throw unsafeEntry(path, reason);
    }
    for (const { path, modified } of [...this.stored.values()]) this.implyFolders(path, modified);
    return inOrder([...this.stored.values()]);
  }

  /** No path is used twice, and none lies within what is not a folder. */
  private claim({ path, type }: PlannedEntry): void {
    const before = this.taken.get(path);
    const openedByChild = before === "folder" && type === "folder" && !this.stored.has(path);
    if (before && !openedByChild) throw unsafeEntry(path, "its path is there twice");
    this.taken.set(path, type);
    for (const parent of parents(path)) {
      const type = this.taken.get(parent);
      if (type && type !== "folder")
        throw unsafeEntry(path, `it lies within ${JSON.stringify(parent)}, which is a ${type}`);
      this.taken.set(parent, "folder");
    }
  }

  private put(entry: StoredEntry): void {
    this.nameBytes += Buffer.byteLength(entry.path) + Buffer.byteLength(entry.link ?? "");
    if (this.nameBytes > MAX_NAME_BYTES) throw namesTooLong();
    this.stored.set(entry.path, { ...entry, modified: Number.isFinite(entry.modified) ? entry.modified : 0 });
  }

  /** As old as the newest in them, so that the same files make the same folders. */
  private implyFolders(path: string, modified: number): void {
    for (const parent of parents(path)) {
      const present = this.stored.get(parent);
      if (present && (!this.implied.has(parent) || present.modified >= modified)) continue;
      this.implied.add(parent);
      this.stored.set(parent, { path: parent, kind: "folder", bytes: 0, mode: IMPLIED_MODE, modified });
    }
  }
}

/** Nearest first. */
function* parents(path: string): Generator<string> {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) yield path.slice(0, at);
}

/** ENOSPC and the like: the disk's trouble, not the archive's. */
export function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

export function tooManyBytes(limits: ContextLimits): Refusal {
  return new Refusal(
    "tooLarge",
    "context-too-large",
    `The build context has more than ${limits.bytes.toLocaleString("en")} bytes unpacked, which is the limit here.`,
    "Leave out what the build does not need. The build context attached before is unchanged.",
  );
}

export function tooManyEntries(limits: ContextLimits): Refusal {
  return new Refusal(
    "tooLarge",
    "too-many-entries",
    `The build context has more than ${limits.entries.toLocaleString("en")} entries, which is the limit here.`,
    "Leave out what the build does not need, such as node_modules or .git.",
  );
}

function namesTooLong(): Refusal {
  return new Refusal(
    "tooLarge",
    "names-too-long",
    `The names in the build context have more than ${MAX_NAME_BYTES.toLocaleString("en")} bytes together, which is the limit here.`,
    "Leave out what the build does not need, such as node_modules or .git.",
  );
}
