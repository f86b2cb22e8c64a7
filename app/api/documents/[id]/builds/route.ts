/** Builds of a document: listed, begun. */
import { readJson } from "@/lib/http/body";
import { requireBuildRight } from "@/lib/http/build-right";
import { json, route } from "@/lib/http/route";
import { newBuildSchema } from "@/lib/share/requests";

interface Params {
  id: string;
}

export const GET = route<Params>(async ({ params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  return json(await services.builds.list(params.id));
});

export const POST = route<Params>(async ({ request, params, services, visitor, mayBuild }) => {
  await services.documents.own(params.id, visitor);
  requireBuildRight(mayBuild);
  const { options, secrets, sshKeys, replace } = await readJson(request, newBuildSchema);
  const source = await services.documents.source(params.id);
  const values = new Map(
    Object.entries(secrets).map(([id, value]) => [id, new Uint8Array(Buffer.from(value, "base64"))]),
  );
  const recorded = { ...options, secrets: [...values.keys()], ssh: Object.keys(sshKeys) };
  return json(
    await services.builds.start(params.id, source, recorded, replace, { secrets: values, sshKeys }),
    201,
  );
});
