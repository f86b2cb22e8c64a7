/** Adds a build to a document that was exported as a file, here or elsewhere. */
import { readBytes, requireType } from "@/lib/http/body";
import { json, route } from "@/lib/http/route";
import { RECORD_LIMITS, RECORD_TYPE } from "@/lib/share/record-file";

export const POST = route<{ id: string }>(async ({ request, params, services, visitor }) => {
  await services.documents.own(params.id, visitor);
  requireType(request, [RECORD_TYPE]);
  const packed = await readBytes(request, RECORD_LIMITS.packed);
  return json(await services.builds.takeRecord(params.id, packed), 201);
});
