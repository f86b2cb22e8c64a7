/** The visitor's own documents: listed, made. */
import { readJson } from "@/lib/http/body";
import { json, route } from "@/lib/http/route";
import { lessonOf } from "@/lib/learn";
import { Refusal } from "@/lib/share/refusal";
import { newDocumentSchema } from "@/lib/share/requests";

export const GET = route(async ({ services, visitor }) =>
  json(visitor ? await services.documents.list(visitor) : []),
);

export const POST = route(async ({ request, services, welcome, mayBuild }) => {
  const { title, text, template, lesson: id } = await readJson(request, newDocumentSchema);
  const lesson = id === undefined ? undefined : requireLesson(id);
  const folder = template ?? lesson?.template;
  const from = folder === undefined ? null : await services.templates.get(folder);
  const owner = await welcome();
  const created = await services.documents.create(
    owner,
    {
      title: title ?? lesson?.title ?? from?.title,
      text: text ?? lesson?.dockerfile ?? from?.dockerfile,
      lesson: lesson?.id,
    },
    mayBuild,
  );
  if (!from) return json(created, 201);
  await services.contexts.attachTemplate(created.id, from);
  return json(await services.documents.view(created.id, owner, mayBuild), 201);
});

function requireLesson(id: string) {
  const lesson = lessonOf(id);
  if (lesson) return lesson;
  throw new Refusal(
    "notFound",
    "unknown-lesson",
    "There is no such lesson.",
    "Choose one from the start page.",
  );
}
