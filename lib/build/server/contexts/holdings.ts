/**
 * Which contents each context is made of, held compactly: what goes with a context is told without unpacking the
 * manifest of every other one anew. A context never changes, so nothing here grows old.
 */

/** Of a hash. */
const BYTES = 32;
/** Of all hashes that are held: those of a million files. What is beyond is read each time. */
const MAX_HELD = 32 * 1024 * 1024;

export class Holdings {
  private readonly held = new Map<string, Buffer>();
  private bytes = 0;

  /** @param read the contents of a context; null where that is not known */
  constructor(private readonly read: (contextId: string) => Promise<Set<string> | null>) {}

  /** Takes out of `contents` what one of the contexts has. False where one of them cannot be read. */
  async keep(contents: Set<string>, contextIds: Iterable<string>): Promise<boolean> {
    for (const id of contextIds) {
      if (contents.size === 0) return true;
      const hashes = await this.of(id);
      if (!hashes) return false;
      for (let at = 0; at < hashes.length; at += BYTES)
        contents.delete(hashes.toString("hex", at, at + BYTES));
    }
    return true;
  }

  forget(contextId: string): void {
    this.bytes -= this.held.get(contextId)?.length ?? 0;
    this.held.delete(contextId);
  }

  private async of(contextId: string): Promise<Buffer | null> {
    const known = this.held.get(contextId);
    if (known) return known;
    const contents = await this.read(contextId);
    if (!contents) return null;
    const hashes = Buffer.concat([...contents].map((blob) => Buffer.from(blob, "hex")));
    if (this.bytes + hashes.length <= MAX_HELD) {
      this.held.set(contextId, hashes);
      this.bytes += hashes.length;
    }
    return hashes;
  }
}
