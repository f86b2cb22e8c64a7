/** One link: revoked. */
import { nothing, route } from "@/lib/http/route";

export const DELETE = route<{ id: string; token: string }>(async ({ params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  await services.documents.removeLink(params.id, params.token);
  return nothing();
});
