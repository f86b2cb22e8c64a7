/** The one place that turns errors into answers. */
import type { Problem } from "../share/document";
import { isRefusal, type Refusal, type RefusalKind } from "../share/refusal";

const STATUS: Record<RefusalKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  tooLarge: 413,
  unsupported: 415,
  unsafe: 422,
  busy: 429,
  unavailable: 503,
};

/** Every refusal as a Problem; anything else is a fault of ours, told to the operator and not to the visitor. */
export function problem(error: unknown): Response {
  if (isRefusal(error)) return refusalResponse(error);
  console.error("A request failed:", error);
  const [status, told] = isDiskFull(error) ? DISK_FULL : INTERNAL;
  return Response.json({ error: told } satisfies Problem, { status, headers: NO_STORE });
}

const INTERNAL: [number, Problem["error"]] = [
  500,
  {
    code: "internal",
    message: "The server failed on this request.",
    hint: "Try again; the server's own output has the reason. Nothing already saved was changed.",
  },
];

const DISK_FULL: [number, Problem["error"]] = [
  507,
  {
    code: "disk-full",
    message: "The server has no room left on its disk.",
    hint: "What was saved before is unchanged. Delete what is no longer needed, or ask whoever runs the server for room.",
  },
];

/** The database's own error comes wrapped, with its words in the message. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENOSPC" || code === "EDQUOT" || /database or disk is full/.test(message);
}

export const NO_STORE = { "cache-control": "no-store" };

function refusalResponse(refusal: Refusal): Response {
  const { code, message, hint, facts } = refusal;
  const body: Problem = { error: { ...facts, code, message, ...(hint !== undefined && { hint }) } };
  const status = STATUS[refusal.kind];
  return Response.json(body, {
    status,
    headers: status === 429 ? { ...NO_STORE, "retry-after": "5" } : NO_STORE,
  });
}
