/** The same of a shared document, without what is in its build context. */
import { json, route } from "@/lib/http/route";

export const GET = route<{ token: string }>(async ({ params, services }) =>
  json(await services.pastBuilds.of(await services.documents.shared(params.token), false)),
);
