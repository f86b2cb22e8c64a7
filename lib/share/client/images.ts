/** Images to choose from: those of the build host, and the tags that a registry has. */
import { z } from "zod";
import { hostImageSchema, tagListSchema } from "../answers";
import { ask } from "./request";

/** Newest first; for those who may build. */
export function listHostImages(signal?: AbortSignal) {
  return ask(z.array(hostImageSchema), "/api/host/images", { signal });
}

/** Tags of an image's repository that hold `wish`, the best first. */
export function listTags(image: string, wish: string, signal?: AbortSignal) {
  const query = new URLSearchParams({ image, wish });
  return ask(tagListSchema, `/api/images/tags?${query}`, { signal });
}
