/** Contents of files that are to be attached: those that were missing. */
import { requireType } from "@/lib/http/body";
import { nothing, route } from "@/lib/http/route";
import { Refusal } from "@/lib/share/refusal";

export const PUT = route<{ id: string }>(async ({ request, params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  requireType(request, ["application/octet-stream"]);
  if (!request.body) throw new Refusal("invalid", "no-contents", "No contents were sent.");
  const gzipped = request.headers.get("content-encoding") === "gzip";
  await services.contexts.receiveContents(params.id, request.body, gzipped, request.signal);
  return nothing();
});
