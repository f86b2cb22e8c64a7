/** One request to the server, its answer checked by a schema, its refusal turned into an error for a person. */
import type { z } from "zod";
import { problemSchema } from "../document";
import { RequestError } from "./request-error";

export function unreachable(cause?: unknown): RequestError {
  return new RequestError(
    {
      status: 0,
      code: "unreachable",
      message: "The Stagecraft server does not answer.",
      hint: "Check that it is running and that this device is online, then try again.",
    },
    cause,
  );
}

/** The server's own words where it gave some, else the status in plain ones. */
export function problemFrom(status: number, body: string): RequestError {
  const parsed = problemSchema.safeParse(parseJson(body));
  if (parsed.success) return new RequestError({ status, ...parsed.data.error });
  return new RequestError({
    status,
    code: `http-${status}`,
    message: `The server answered with status ${status} and said nothing more.`,
    hint: status >= 500 ? "Try again in a moment; the server's own output has the reason." : undefined,
  });
}

export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Checks an answer; one that does not fit comes from a server of another version. */
export function readAnswer<T>(schema: z.ZodType<T>, status: number, body: string): T {
  const parsed = schema.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  throw new RequestError(
    {
      status,
      code: "unexpected-answer",
      message: "The server's answer is not what this page expects.",
      hint: "The server was probably updated: reload the page.",
    },
    parsed.error,
  );
}

export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  bytes?: Uint8Array | Blob;
  /** What the bytes are, where that is said. */
  type?: string;
  signal?: AbortSignal;
}

/** The answer, whatever its body; throws RequestError for a refusal and lets an abort through as it is. */
export async function send(path: string, options: RequestOptions = {}): Promise<Response> {
  const { method = "GET", json, bytes, type = "application/octet-stream", signal } = options;
  const headers: Record<string, string> = {};
  let body: BodyInit | undefined;
  if (json !== undefined) {
    headers["content-type"] = "application/json";
    body = JSON.stringify(json);
  } else if (bytes) {
    headers["content-type"] = type;
    body = bytes as Uint8Array<ArrayBuffer> | Blob;
  }
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body,
      signal,
      credentials: "same-origin",
      cache: "no-store",
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable(error);
  }
  if (!response.ok) throw problemFrom(response.status, await response.text().catch(() => ""));
  return response;
}

export async function ask<T>(schema: z.ZodType<T>, path: string, options?: RequestOptions): Promise<T> {
  const response = await send(path, options);
  return readAnswer(schema, response.status, await response.text());
}
