/** The build context of a document. */
import { readGitSource } from "@/lib/build/context/git-source";
import { readJson, requireType } from "@/lib/http/body";
import { requireBuildRight } from "@/lib/http/build-right";
import { contextUse } from "@/lib/http/context-use";
import { json, nothing, route } from "@/lib/http/route";
import { Refusal } from "@/lib/share/refusal";
import { contextSourceSchema } from "@/lib/share/requests";

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
  const use = contextUse(query);
  return json(
    await services.contexts.attachArchive(params.id, name, request.body, length, request.signal, use),
  );
});

/**
 * A template's own files, or those of a Git repository, into a document that is there already. Null where there are
 * none. Only who may build may have the server ask around.
 */
export const POST = route<Params>(async ({ request, params, services, visitor, mayBuild }) => {
  await services.documents.own(params.id, visitor);
  const source = await readJson(request, contextSourceSchema);
  if ("git" in source) {
    requireBuildRight(mayBuild);
    const { url, ref, folder } = source.git;
    const git = readGitSource(url, ref, folder);
    if (typeof git === "string") throw new Refusal("invalid", "bad-git-source", git);
    return json(await services.contexts.attachGit(params.id, git, request.signal));
  }
  const found = await services.templates.get(source.template);
  const attached = await services.contexts.attachTemplate(params.id, found);
  await services.contexts.collect();
  return json(attached);
});

export const DELETE = route<Params>(async ({ params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  await services.contexts.detach(params.id);
  return nothing();
});
