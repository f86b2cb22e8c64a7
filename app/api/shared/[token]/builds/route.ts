/** The builds of a shared document, newest first. */
import { json, route } from "@/lib/http/route";

export const GET = route<{ token: string }>(async ({ params, services }) =>
  json(await services.builds.list(await services.documents.shared(params.token))),
);
