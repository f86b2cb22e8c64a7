import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { fileSyncRoute } from "@/lib/build/server/buildkit/file-sync";
import { Packet_PacketType as Kind, PacketSchema } from "@/lib/build/server/buildkit/generated/fsutil_pb";
import { Deframer } from "@/lib/build/server/buildkit/grpc/framing";

/** Packets of data that a host gets which asks for the only file, by their bytes. */
async function dataOf(content: string): Promise<number[]> {
  const extra = new Map([["Dockerfile", Buffer.from(content)]]);
  const [, serve] = fileSyncRoute({ dockerfile: { root: null, extra } });
  const frames = new Deframer();
  const lengths: number[] = [];
  const told = (packet: { type: Kind; ID?: number }) => toBinary(PacketSchema, create(PacketSchema, packet));
  let ended = () => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const call = {
    header: (name: string) => (name === "dir-name" ? ["dockerfile"] : []),
    async *messages() {
      // Entries are all there before the host asks for anything.
      await new Promise(setImmediate);
      yield told({ type: Kind.PACKET_REQ, ID: 0 });
      await end;
      yield told({ type: Kind.PACKET_FIN });
    },
    write: async (batch: Buffer) => {
      for (const message of frames.push(batch)) {
        const packet = fromBinary(PacketSchema, message);
        if (packet.type !== Kind.PACKET_DATA) continue;
        lengths.push(packet.data.length);
        if (packet.data.length === 0) ended();
      }
    },
  };
  await serve(call as never);
  return lengths;
}

test.each([
  ["its bytes, and then none, which ends it", "FROM a\n", [7, 0]],
  ["its end once where it is empty: the host has no place for a second one", "", [0]],
])("a file goes out as %s", async (_, content, lengths) => expect(await dataOf(content)).toEqual(lengths));
