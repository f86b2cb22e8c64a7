import { RequestError } from "./request-error";

/** A body of lines, each as soon as it is whole. Throws RequestError where it is cut, lets an abort through as it is. */
export async function* lines(response: Response): AsyncGenerator<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read().catch((error) => {
      throw isAbort(error) ? error : cut(error);
    });
    const found = (rest + (value ?? "")).split("\n");
    rest = done ? "" : found.pop()!;
    yield* found;
    if (done) return;
  }
}

const isAbort = (error: unknown) => error instanceof Error && error.name === "AbortError";

const cut = (cause: unknown) =>
  new RequestError(
    {
      status: 0,
      code: "cut",
      message: "The connection broke off before the answer was whole.",
      hint: "Check that the server and the build host are running, then try again.",
    },
    cause,
  );
