/** Files as the build context of a document, by the hashes of their contents. */
import { readJson } from "@/lib/http/body";
import { contextUse } from "@/lib/http/context-use";
import { json, route } from "@/lib/http/route";
import { contextFilesSchema } from "@/lib/share/requests";

/** The most files with names of some length. */
const MAX_LIST_BYTES = 64 * 1024 * 1024;

export const POST = route<{ id: string }>(async ({ request, params, query, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  const { name, files } = await readJson(request, contextFilesSchema, MAX_LIST_BYTES);
  return json(await services.contexts.attachFiles(params.id, name, files, contextUse(query)));
});
