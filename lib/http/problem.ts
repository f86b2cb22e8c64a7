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
  const body: Problem = {
    error: {
      code: "internal",
      message: "The server failed on this request.",
      hint: "Try again; the server's own output has the reason. Nothing already saved was changed.",
    },
  };
  return Response.json(body, { status: 500, headers: NO_STORE });
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
