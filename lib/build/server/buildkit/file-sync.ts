/**
 * Sends files to the host: the sending half of tonistiigi/fsutil (`send.go`), served as FileSync/DiffCopy.
 *
 * All entries go out first, numbered in their order; the host answers with the numbers of the files whose content
 * it lacks, and gets them in pieces. Small messages are written together: twenty thousand files are sixty thousand
 * messages, and each write of its own would cost more than its content.
 */

import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type FileTree, type TreeEntry, type TreeFilter, walkTree } from "./file-tree";
import { FileSync } from "./generated/filesync_pb";
import { Packet_PacketType as Kind, type Packet, PacketSchema } from "./generated/fsutil_pb";
import { frame } from "./grpc/framing";
import { methodPath, type Route, type ServerCall } from "./grpc/server";
import { Code, GrpcError } from "./grpc/status";

const WRITE_BATCH_BYTES = 64 * 1024;
/** As much as is read of a file at once. */
const CHUNK_BYTES = 256 * 1024;
const FILES_AT_ONCE = 8;

/** `trees` by the name the host asks for: "context", "dockerfile". */
export function fileSyncRoute(trees: Readonly<Record<string, FileTree>>): Route {
  return [
    methodPath(FileSync.method.diffCopy),
    async (call) => {
      const name = option(call, "dir-name")[0] ?? "";
      const tree = Object.hasOwn(trees, name) ? trees[name] : undefined;
      if (!tree) throw new GrpcError(Code.notFound, `There is no build context named "${name}".`);
      const filter = {
        include: option(call, "include-patterns"),
        exclude: option(call, "exclude-patterns"),
        followPaths: option(call, "followpaths"),
      };
      await new Sender(call, tree, filter).run();
    },
  ];
}

/** A header of patterns; the host percent-encodes them where one has other characters than ASCII's. */
function option(call: ServerCall, name: string): string[] {
  const values = call.header(name);
  if (call.header(`${name}-encoded`)[0] !== "1") return values;
  return values.map((value) => decodeURIComponent(value.replaceAll("+", " ")));
}

class Sender {
  private readonly requestable = new Map<number, string | Uint8Array>();
  private readonly queue: number[] = [];
  private readonly pending: Buffer[] = [];
  private pendingBytes = 0;
  private sending = 0;
  private failure: unknown = null;

  constructor(
    private readonly call: ServerCall,
    private readonly tree: FileTree,
    private readonly filter: TreeFilter,
  ) {}

  async run(): Promise<void> {
    const walked = this.sendEntries().catch((error) => this.fail(error));
    for await (const message of this.call.messages()) {
      const packet = fromBinary(PacketSchema, message);
      if (this.failure) throw this.failure;
      if (packet.type === Kind.PACKET_REQ) this.request(packet.ID);
      else if (packet.type === Kind.PACKET_ERR) throw new Error(Buffer.from(packet.data).toString());
      else if (packet.type === Kind.PACKET_FIN) {
        await walked;
        await this.put({ type: Kind.PACKET_FIN });
        await this.flush();
        return;
      }
    }
    if (this.failure) throw this.failure;
  }

  private async sendEntries(): Promise<void> {
    let id = 0;
    await walkTree(this.tree, this.filter, (entry) => {
      if (entry.content !== null) this.requestable.set(id, entry.content);
      id++;
      return this.put({ type: Kind.PACKET_STAT, stat: statOf(entry) });
    });
    await this.put({ type: Kind.PACKET_STAT });
    await this.flush();
  }

  private request(id: number): void {
    if (!this.requestable.has(id)) throw new Error(`The host asked for a file that was not offered (${id}).`);
    this.queue.push(id);
    if (this.sending >= FILES_AT_ONCE) return;
    this.sending++;
    void this.sendQueued()
      .catch((error) => this.fail(error))
      .finally(() => {
        this.sending--;
      });
  }

  private async sendQueued(): Promise<void> {
    for (let id = this.queue.shift(); id !== undefined; id = this.queue.shift()) {
      const content = this.requestable.get(id)!;
      this.requestable.delete(id);
      await this.sendContent(id, content);
    }
    await this.flush();
  }

  /** A file that is gone or cannot be read is sent as far as it went, as fsutil does: its end must come. */
  private async sendContent(id: number, content: string | Uint8Array): Promise<void> {
    if (typeof content === "string") await this.sendFromDisk(id, content);
    // No data is what ends a file, and the host has no place for what comes behind its end.
    else if (content.length > 0) await this.put({ type: Kind.PACKET_DATA, ID: id, data: content });
    await this.put({ type: Kind.PACKET_DATA, ID: id });
  }

  private async sendFromDisk(id: number, onDisk: string): Promise<void> {
    let handle: FileHandle;
    try {
      handle = await open(onDisk, constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch {
      return;
    }
    try {
      for (;;) {
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
        if (bytesRead === 0) return;
        await this.put({ type: Kind.PACKET_DATA, ID: id, data: buffer.subarray(0, bytesRead) });
        if (bytesRead < CHUNK_BYTES) return;
      }
    } finally {
      await handle.close();
    }
  }

  private put(packet: Partial<Omit<Packet, "$typeName" | "$unknown">>): Promise<void> | undefined {
    const framed = frame(toBinary(PacketSchema, create(PacketSchema, packet)));
    this.pending.push(framed);
    this.pendingBytes += framed.length;
    return this.pendingBytes >= WRITE_BATCH_BYTES ? this.flush() : undefined;
  }

  private async flush(): Promise<void> {
    if (this.pendingBytes === 0) return;
    const batch = Buffer.concat(this.pending.splice(0), this.pendingBytes);
    this.pendingBytes = 0;
    await this.call.write(batch);
  }

  /** Tells the host, which then ends the call; without it the host would wait for entries that never come. */
  private fail(error: unknown): void {
    if (this.failure) return;
    this.failure = error;
    const data = Buffer.from(error instanceof Error ? error.message : String(error));
    void Promise.resolve(this.put({ type: Kind.PACKET_ERR, data }))
      .then(() => this.flush())
      .catch(() => {});
  }
}

function statOf(entry: TreeEntry) {
  return {
    $typeName: "fsutil.types.Stat" as const,
    path: entry.path,
    mode: entry.mode,
    // Owners are the server's business: as with docker build, all files belong to root in the context.
    uid: 0,
    gid: 0,
    size: entry.size,
    modTime: entry.modifiedNs,
    linkname: entry.link,
    devmajor: 0n,
    devminor: 0n,
    xattrs: {},
  };
}
