/** A document as whoever holds a link to it sees it. */
import { json, route } from "@/lib/http/route";

export const GET = route<{ token: string }>(async ({ params, services }) =>
  json(await services.documents.viewShared(params.token)),
);
