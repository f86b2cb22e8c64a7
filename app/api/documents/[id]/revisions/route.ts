/** Earlier texts of a document, listed. */
import { json, route } from "@/lib/http/route";

export const GET = route<{ id: string }>(async ({ params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  return json(await services.revisions.list(params.id));
});
