/** One of the visitor's documents. */
import { json, nothing, route } from "@/lib/http/route";

interface Params {
  id: string;
}

export const GET = route<Params>(async ({ params, services, visitor, mayBuild }) =>
  json(await services.documents.view(params.id, visitor, mayBuild)),
);

export const DELETE = route<Params>(async ({ params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  await services.builds.discard(params.id);
  await services.documents.remove(params.id);
  await services.contexts.collect();
  return nothing();
});
