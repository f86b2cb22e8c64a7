/** Runs what a build made, and tells what it says as it comes. */
import { type RunEvent, runEventSchema } from "../../build/run";
import { parseJson, send } from "./request";

/** Ends when the container has; aborting the signal stops the container. */
export async function* runBuilt(
  build: string,
  command: string | null,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const path = `/api/builds/${encodeURIComponent(build)}/run`;
  const response = await send(path, { method: "POST", json: { command }, signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? "")).split("\n");
    rest = done ? "" : lines.pop()!;
    for (const line of lines) {
      const event = runEventSchema.safeParse(parseJson(line));
      // What a newer server says besides is not for this page.
      if (event.success) yield event.data;
    }
    if (done) return;
  }
}
