/** Runs what a build made, and tells what it says as it comes. */
import { type RunEvent, runEventSchema } from "../../build/run";
import { lines } from "./lines";
import { parseJson, send } from "./request";

/** Ends when the container has; aborting the signal stops the container. */
export async function* runBuilt(
  build: string,
  command: string | null,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const path = `/api/builds/${encodeURIComponent(build)}/run`;
  const response = await send(path, { method: "POST", json: { command }, signal });
  for await (const line of lines(response)) {
    const event = runEventSchema.safeParse(parseJson(line));
    // What a newer server says besides is not for this page.
    if (event.success) yield event.data;
  }
}
