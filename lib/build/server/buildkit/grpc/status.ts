/** How a gRPC call ends: a code, a message, and details that BuildKit writes as JSON. */

import type { IncomingHttpHeaders } from "node:http2";
import { fromBinary } from "@bufbuild/protobuf";
import { StatusSchema } from "../generated/rpc-status_pb";

export const Code = {
  ok: 0,
  canceled: 1,
  unknown: 2,
  notFound: 5,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const;

/** One entry of `grpc-status-details-bin`: `type` without host and `+json`, `value` parsed from its JSON. */
export interface StatusDetail {
  type: string;
  value: unknown;
}

export class GrpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly details: StatusDetail[] = [],
  ) {
    super(message);
    this.name = "GrpcError";
  }
}

/** The connection went away before the call had an answer. */
export class ConnectionLostError extends GrpcError {
  constructor(reason: string) {
    super(Code.unavailable, reason);
    this.name = "ConnectionLostError";
  }
}

/** Undefined where the headers do not say. */
export function statusOf(headers: IncomingHttpHeaders): GrpcError | "ok" | undefined {
  const code = headers["grpc-status"];
  if (code === undefined) return undefined;
  if (Number(code) === Code.ok) return "ok";
  const binary = headers["grpc-status-details-bin"];
  const whole = typeof binary === "string" ? decodeDetails(binary) : null;
  const message = whole?.message || decodeMessage(String(headers["grpc-message"] ?? ""));
  return new GrpcError(Number(code), message, whole?.details);
}

export function statusTrailers(error: GrpcError | null): Record<string, string> {
  if (error === null) return { "grpc-status": String(Code.ok) };
  return { "grpc-status": String(error.code), "grpc-message": encodeURIComponent(error.message) };
}

function decodeDetails(base64: string): { message: string; details: StatusDetail[] } | null {
  try {
    const status = fromBinary(StatusSchema, Buffer.from(base64, "base64"));
    const details = status.details.map((detail) => ({
      type: detail.typeUrl.replace(/^.*\//, "").replace(/\+json$/, ""),
      value: parseJson(Buffer.from(detail.value).toString("utf8")),
    }));
    return { message: status.message, details };
  } catch {
    // Details only add to the message: a host that writes them otherwise must not hide the failure itself.
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function decodeMessage(message: string): string {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
}
