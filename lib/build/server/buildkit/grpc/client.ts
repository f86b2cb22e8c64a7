/**
 * Calls over one HTTP/2 connection.
 *
 * Written on node:http2 and not on a gRPC framework because a build needs three things that frameworks hide: the
 * raw bytes of a stream (the session runs its own HTTP/2 inside one), header lists as they were sent (ignore
 * patterns may contain the comma that frameworks join by), and many small messages in one write.
 */

import { type ClientHttp2Session, type ClientHttp2Stream, constants } from "node:http2";
import {
  create,
  type DescMessage,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { Deframer, frame } from "./framing";
import { Code, ConnectionLostError, GrpcError, statusOf } from "./status";

export interface CallOptions {
  signal?: AbortSignal;
  metadata?: Record<string, string | string[]>;
}

/** The parts of a method's description that name it on the wire. */
interface MethodName {
  name: string;
  parent: { typeName: string };
}

export class GrpcClient {
  constructor(private readonly connection: ClientHttp2Session) {}

  async unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    message: MessageInitShape<I>,
    options: CallOptions = {},
  ): Promise<MessageShape<O>> {
    const stream = this.open(method, options);
    stream.end(frame(toBinary(method.input, create(method.input, message))));
    let answer: Buffer | null = null;
    for await (const received of messagesOf(stream, options.signal)) answer = received;
    if (answer === null) throw new GrpcError(Code.internal, `${method.name} ended without an answer.`);
    return fromBinary(method.output, answer);
  }

  async *serverStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    message: MessageInitShape<I>,
    options: CallOptions = {},
  ): AsyncGenerator<MessageShape<O>> {
    const stream = this.open(method, options);
    stream.end(frame(toBinary(method.input, create(method.input, message))));
    for await (const received of messagesOf(stream, options.signal))
      yield fromBinary(method.output, received);
  }

  /** Opens a call and leaves its bytes to the caller. */
  open(method: MethodName, { metadata, signal }: CallOptions): ClientHttp2Stream {
    if (this.connection.closed || this.connection.destroyed) {
      throw new ConnectionLostError("The connection to the Docker host is closed.");
    }
    const stream = this.connection.request({
      ":method": "POST",
      ":path": `/${method.parent.typeName}/${method.name}`,
      "content-type": "application/grpc+proto",
      te: "trailers",
      ...metadata,
    });
    const cancel = () => stream.close(constants.NGHTTP2_CANCEL);
    if (signal?.aborted) cancel();
    else signal?.addEventListener("abort", cancel, { once: true });
    stream.once("close", () => signal?.removeEventListener("abort", cancel));
    // Each failure is also seen by whoever reads; a stream without a reader must not bring the process down.
    stream.on("error", () => {});
    return stream;
  }
}

/** The messages of an answer; throws the call's status where that is not OK. */
export async function* messagesOf(stream: ClientHttp2Stream, signal?: AbortSignal): AsyncGenerator<Buffer> {
  let status: GrpcError | "ok" | undefined;
  stream.on("response", (headers) => {
    status ??= statusOf(headers);
    if (headers[":status"] !== 200) {
      status ??= new GrpcError(Code.unknown, `The Docker host answered HTTP ${headers[":status"]}.`);
    }
  });
  stream.on("trailers", (headers) => {
    status = statusOf(headers) ?? status;
  });
  const closed = new Promise<void>((resolve) => stream.once("close", resolve));
  const deframer = new Deframer();
  let failure: unknown;
  try {
    for await (const chunk of stream) yield* deframer.push(chunk as Buffer);
    // The data ends before the trailers are told of.
    if (status === undefined) await closed;
  } catch (error) {
    failure = error;
  }
  if (status instanceof GrpcError) throw status;
  if (signal?.aborted) throw new GrpcError(Code.canceled, "The call was canceled.");
  if (status === "ok") return;
  const reason = failure instanceof Error ? `: ${failure.message}` : "";
  throw new ConnectionLostError(`The connection to the Docker host was lost${reason}`);
}
