/** Files of a built stage: read on the build host, then looked at page by page. */
import {
  type FilesEvent,
  type FilesQuery,
  filesEventSchema,
  filesOverviewSchema,
  filesPageSchema,
} from "../../build/files/wire";
import { lines } from "./lines";
import { ask, parseJson, send } from "./request";

const pathOf = (build: string, stage: number) => `/api/builds/${encodeURIComponent(build)}/files/${stage}`;

/** Has the host's image read; aborting the signal stops that. */
export async function* readStageFiles(
  build: string,
  stage: number,
  signal: AbortSignal,
): AsyncGenerator<FilesEvent> {
  const response = await send(pathOf(build, stage), { method: "POST", json: {}, signal });
  for await (const line of lines(response)) {
    const event = filesEventSchema.safeParse(parseJson(line));
    // What a newer server says besides is not for this page.
    if (event.success) yield event.data;
  }
}

/** Refused with "files-not-read" where nobody has asked for them yet. */
export function getStageFiles(build: string, stage: number, signal?: AbortSignal) {
  return ask(filesOverviewSchema, pathOf(build, stage), { signal });
}

export function listStageFiles(
  build: string,
  stage: number,
  query: Partial<FilesQuery>,
  signal?: AbortSignal,
) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== "");
  const words = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return ask(filesPageSchema, `${pathOf(build, stage)}/list?${words}`, { signal });
}
