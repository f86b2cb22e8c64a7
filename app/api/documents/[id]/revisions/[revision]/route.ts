/** One earlier text of a document. */
import { json, route } from "@/lib/http/route";

export const GET = route<{ id: string; revision: string }>(async ({ params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  return json(await services.revisions.get(params.id, params.revision));
});
