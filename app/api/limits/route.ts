/** What the server takes at most, for the page to say before anything is sent. */
import { json, route } from "@/lib/http/route";
import type { Limits } from "@/lib/share/answers";
import { MAX_TEXT_BYTES } from "@/lib/share/document";

export const GET = route(async ({ services }) => {
  const limits: Limits = { contextBytes: services.config.contextLimit, textBytes: MAX_TEXT_BYTES };
  return json(limits);
});
