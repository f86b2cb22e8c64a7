/** Why the server does not do what was asked, in the domain's terms; lib/http turns a kind into a status. */
export type RefusalKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "notFound"
  | "conflict"
  | "tooLarge"
  | "unsupported"
  | "unsafe"
  | "busy"
  | "unavailable";

export class Refusal extends Error {
  /** Told apart by name, as the server and the pages are bundled apart and have a class each. */
  override readonly name = "Refusal";

  constructor(
    readonly kind: RefusalKind,
    /** For programs. */
    readonly code: string,
    /** What happened, for a person. */
    message: string,
    /** What to do about it. */
    readonly hint?: string,
    /** More for programs, such as the id of what is in the way. */
    readonly facts: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === "Refusal" && "kind" in error;
}
