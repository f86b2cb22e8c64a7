/** How long the steps of the document's builds took, what came from the cache, what they weigh. */
import { json, route } from "@/lib/http/route";

export const GET = route<{ id: string }>(async ({ params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  return json(await services.pastBuilds.of(params.id, true));
});
