/** Images to choose from: those of the build host, and the tags that a registry has. */
import { z } from "zod";
import { hostImageSchema, tagListSchema } from "../answers";
import { ask } from "./request";

/** Newest first; for those who may build. */
export function listHostImages(host: string | null, signal?: AbortSignal) {
  const query = host === null ? "" : `?${new URLSearchParams({ host })}`;
  return ask(z.array(hostImageSchema), `/api/host/images${query}`, { signal });
}

/** Tags of an image's repository that hold `wish`, the best first. */
export function listTags(image: string, wish: string, host: string | null, signal?: AbortSignal) {
  const query = new URLSearchParams({ image, wish, ...(host !== null && { host }) });
  return ask(tagListSchema, `/api/images/tags?${query}`, { signal });
}
