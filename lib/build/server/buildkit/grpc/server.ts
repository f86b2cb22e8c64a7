/** The calls that a host makes back to the client of a build, over one HTTP/2 connection. */

import {
  type IncomingHttpHeaders,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { Duplex } from "node:stream";
import {
  create,
  type DescMessage,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { Deframer, frame } from "./framing";
import { Code, GrpcError, statusTrailers } from "./status";

/** Serves one call. What it throws becomes the call's status. */
export type Handler = (call: ServerCall) => Promise<void>;
export type Route = readonly [path: string, handler: Handler];

interface MethodName {
  name: string;
  parent: { typeName: string };
}

export function methodPath(method: MethodName): string {
  return `/${method.parent.typeName}/${method.name}`;
}

export function unaryRoute<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  answer: (message: MessageShape<I>) => MessageInitShape<O> | Promise<MessageInitShape<O>>,
): Route {
  const handler: Handler = async (call) => {
    for await (const received of call.messages()) {
      const message = create(method.output, await answer(fromBinary(method.input, received)));
      await call.write(frame(toBinary(method.output, message)));
      return;
    }
  };
  return [methodPath(method), handler];
}

export class ServerCall {
  constructor(
    private readonly stream: ServerHttp2Stream,
    private readonly rawHeaders: readonly string[],
  ) {}

  /** All values of a header, each as it was sent: node joins them by commas, which values may contain. */
  header(name: string): string[] {
    const values: string[] = [];
    for (let index = 0; index + 1 < this.rawHeaders.length; index += 2) {
      if (this.rawHeaders[index] === name) values.push(this.rawHeaders[index + 1]!);
    }
    return values;
  }

  async *messages(): AsyncGenerator<Buffer> {
    const deframer = new Deframer();
    // Not destroyed on return: whoever stops reading has still an answer to write.
    const chunks = this.stream.iterator({ destroyOnReturn: false });
    for await (const chunk of chunks) yield* deframer.push(chunk as Buffer);
  }

  /** Writes framed messages; resolves once there is room for more. */
  async write(framed: Buffer): Promise<void> {
    if (this.stream.destroyed || this.stream.closed) {
      throw new GrpcError(Code.canceled, "The host has ended the call.");
    }
    if (this.stream.write(framed)) return;
    await new Promise<void>((resolve) => {
      const settle = () => {
        this.stream.off("drain", settle);
        this.stream.off("close", settle);
        resolve();
      };
      this.stream.once("drain", settle);
      this.stream.once("close", settle);
    });
  }
}

/** Serves `routes` on a connection that the host calls through. */
export function serveGrpc(connection: Duplex, routes: readonly Route[]): ServerHttp2Session {
  const handlers = new Map(routes);
  // Ignore patterns come as one header each, and a .dockerignore may be long.
  const session = performServerHandshake(connection, {
    maxHeaderListPairs: 1_000_000,
    settings: { maxHeaderListSize: 16 * 1024 * 1024 },
  });
  session.on(
    "stream",
    (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, rawHeaders: string[]) => {
      stream.on("error", () => {});
      void serve(stream, rawHeaders, handlers.get(String(headers[":path"])));
    },
  );
  session.on("error", () => {});
  return session;
}

async function serve(stream: ServerHttp2Stream, rawHeaders: string[], handler: Handler | undefined) {
  // A call taken back at once, as a stopped build does, may be over before it is told of: nobody waits for an answer.
  if (stream.destroyed || stream.closed || stream.session?.destroyed !== false) return;
  stream.respond({ ":status": 200, "content-type": "application/grpc+proto" }, { waitForTrailers: true });
  let status: GrpcError | null = null;
  stream.once("wantTrailers", () => {
    if (!stream.destroyed && !stream.closed) stream.sendTrailers(statusTrailers(status));
  });
  try {
    if (!handler) throw new GrpcError(Code.unimplemented, "This client does not serve that.");
    await handler(new ServerCall(stream, rawHeaders));
  } catch (error) {
    status =
      error instanceof GrpcError
        ? error
        : new GrpcError(Code.unknown, error instanceof Error ? error.message : String(error));
  }
  if (!stream.destroyed) stream.end();
}
