/** Request bodies, read up to a limit and checked before anybody uses them. */
import type { z } from "zod";
import { MAX_TEXT_BYTES } from "../share/document";
import { Refusal } from "../share/refusal";

/** A text of the largest size, each character escaped, still fits. */
const MAX_JSON_BYTES = 8 * MAX_TEXT_BYTES;

/** Bytes of all bodies that were read into memory and are not yet answered, whoever sent them. */
interface Room {
  held: number;
  readonly most: number;
}
/** What is made of a body, its JSON say, takes some times as much. */
const ROOM: Room = { held: 0, most: 256 * 1024 * 1024 };
const held = new WeakMap<Request, () => void>();

/** It counts until {@link letGo}. */
export async function readBytes(request: Request, limit: number, room = ROOM): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  const parts: Uint8Array[] = [];
  let size = 0;
  held.set(request, () => {
    room.held -= size;
  });
  try {
    for await (const part of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      size += part.byteLength;
      room.held += part.byteLength;
      if (size > limit) throw tooLarge(limit);
      if (room.held > room.most) throw tooMuchAtOnce();
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (error) {
    letGo(request);
    throw error;
  }
}

/** To be called once a request is answered. */
export function letGo(request: Request): void {
  held.get(request)?.();
  held.delete(request);
}

/** The body as JSON that fits the schema. */
export async function readJson<T>(
  request: Request,
  schema: z.ZodType<T>,
  limit = MAX_JSON_BYTES,
): Promise<T> {
  requireType(request, ["application/json"]);
  const bytes = await readBytes(request, limit);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal("invalid", "bad-json", "The body is not JSON.", "Send JSON in UTF-8.");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the body"}: ${issue.message}`);
  throw new Refusal("invalid", "bad-body", `The body does not fit: ${wrong.join("; ")}`);
}

/** Refuses a body of another kind; a form on a foreign page can send none of those that are asked for here. */
export function requireType(request: Request, types: readonly string[]): void {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (types.includes(type)) return;
  throw new Refusal(
    "unsupported",
    "wrong-content-type",
    `The body is ${type || "of no stated type"}; ${types.join(" or ")} is needed here.`,
  );
}

function tooLarge(limit: number): Refusal {
  return new Refusal(
    "tooLarge",
    "body-too-large",
    `The body has more than ${limit.toLocaleString("en")} bytes.`,
    "Nothing was saved from it.",
  );
}

function tooMuchAtOnce(): Refusal {
  return new Refusal(
    "busy",
    "too-much-at-once",
    "More is being sent to this server at once than it can hold.",
    "Nothing was saved from it. Try again in a moment.",
  );
}
