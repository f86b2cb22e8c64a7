/** The visitor's own documents: listed, made. */
import { readJson } from "@/lib/http/body";
import { json, route } from "@/lib/http/route";
import { newDocumentSchema } from "@/lib/share/requests";

export const GET = route(async ({ services, visitor }) =>
  json(visitor ? await services.documents.list(visitor) : []),
);

export const POST = route(async ({ request, services, welcome, mayBuild }) => {
  const { title, text, template } = await readJson(request, newDocumentSchema);
  const from = template === undefined ? null : await services.templates.get(template);
  const owner = await welcome();
  const created = await services.documents.create(
    owner,
    { title: title ?? from?.title, text: text ?? from?.dockerfile },
    mayBuild,
  );
  if (!from) return json(created, 201);
  await services.contexts.attachTemplate(created.id, from);
  return json(await services.documents.view(created.id, owner, mayBuild), 201);
});
