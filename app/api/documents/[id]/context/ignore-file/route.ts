/** The ignore file of a document's build context, to be written. */
import { readJson } from "@/lib/http/body";
import { json, route } from "@/lib/http/route";
import { ignoreFileSchema } from "@/lib/share/requests";

export const PUT = route<{ id: string }>(async ({ request, params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  return json(await services.contexts.writeIgnoreFile(params.id, await readJson(request, ignoreFileSchema)));
});
