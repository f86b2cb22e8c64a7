/** Links that let others see a document: listed, made. */

import { linkUrl } from "@/lib/http/links";
import { json, route } from "@/lib/http/route";

interface Params {
  id: string;
}

export const GET = route<Params>(async ({ request, params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  const links = await services.documents.links(params.id);
  return json(links.map((link) => ({ ...link, url: linkUrl(request, link.token) })));
});

export const POST = route<Params>(async ({ request, params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  const link = await services.documents.addLink(params.id);
  return json({ ...link, url: linkUrl(request, link.token) }, 201);
});
