/** What the server takes at most and what it lends, for the page to say before anything is sent. */
import { json, route } from "@/lib/http/route";
import type { Limits } from "@/lib/share/answers";
import { MAX_TEXT_BYTES } from "@/lib/share/document";

export const GET = route(async ({ services }) => {
  const { contextLimit, buildSshAgent } = services.config;
  const limits: Limits = {
    contextBytes: contextLimit,
    textBytes: MAX_TEXT_BYTES,
    sshAgent: buildSshAgent !== undefined,
  };
  return json(limits);
});
