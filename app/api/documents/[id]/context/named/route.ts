/** Contexts that were sent for builds of a document to take by name. */
import { json, route } from "@/lib/http/route";

export const GET = route<{ id: string }>(async ({ params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  return json(await services.contexts.listNamed(params.id));
});
