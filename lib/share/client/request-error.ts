/** What a refused request is to the page; apart from the requests, which bring schemas along. */

/** Why the server did not do it. `message` and `hint` are for people, `code` for programs; status 0: no answer came. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;

  constructor(problem: { status: number; code: string; message: string; hint?: string }, cause?: unknown) {
    super(problem.message, { cause });
    this.status = problem.status;
    this.code = problem.code;
    this.hint = problem.hint;
  }

  /** Worth trying again: no answer, or a server that is busy or restarting. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Any error, for a person to read. */
export function inWords(error: unknown): { message: string; hint?: string } {
  if (error instanceof RequestError) return { message: error.message, hint: error.hint };
  return { message: error instanceof Error ? error.message : String(error) };
}
