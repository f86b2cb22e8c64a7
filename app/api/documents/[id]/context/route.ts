/** The build context of a document. */
import { readJson, requireType } from "@/lib/http/body";
import { json, nothing, route } from "@/lib/http/route";
import { Refusal } from "@/lib/share/refusal";
import { fromTemplateSchema } from "@/lib/share/requests";

interface Params {
  id: string;
}

/** What browsers and curl call them; which it is shows in its first bytes. */
const ARCHIVES = [
  "application/zip",
  "application/x-zip-compressed",
  "application/x-tar",
  "application/gzip",
  "application/x-gzip",
  "application/octet-stream",
];

export const GET = route<Params>(async ({ params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  return json(await services.contexts.view(params.id));
});

export const PUT = route<Params>(async ({ request, params, query, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  requireType(request, ARCHIVES);
  if (!request.body)
    throw new Refusal(
      "invalid",
      "no-archive",
      "No archive was sent.",
      "Send a zip, a tar or a tar.gz as the body.",
    );
  const name = query.get("name") ?? "";
  const length = Number(request.headers.get("content-length") ?? 0);
  return json(await services.contexts.attachArchive(params.id, name, request.body, length, request.signal));
});

/** A template's own files, into a document that is there already. Null where it has none. */
export const POST = route<Params>(async ({ request, params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  const { template } = await readJson(request, fromTemplateSchema);
  const found = await services.templates.get(template);
  const attached = await services.contexts.attachTemplate(params.id, found);
  await services.contexts.collect();
  return json(attached);
});

export const DELETE = route<Params>(async ({ params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  await services.contexts.detach(params.id);
  return nothing();
});
