/** The files of the build context that a build was made from, by name and size: also once their contents are gone. */
import { ownBuild } from "@/lib/http/builds";
import { json, route } from "@/lib/http/route";

export const GET = route<{ id: string }>(async (call) => {
  const { id } = await ownBuild(call);
  return json(await call.services.contexts.viewOfBuild(id));
});
