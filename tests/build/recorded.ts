/** Builds as they really came from a host. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildEvent, buildEventSchema } from "../../lib/build/events";

const folder = join(import.meta.dirname, "../fixtures/builds");

export function recorded(name: string): BuildEvent[] {
  return readFileSync(join(folder, `${name}.ndjson`), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => buildEventSchema.parse(JSON.parse(line)));
}

export function recordedText(name: string): string {
  return readFileSync(join(folder, `${name}.Dockerfile`), "utf8");
}
