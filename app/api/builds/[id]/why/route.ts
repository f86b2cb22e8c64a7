/** Why each step of a build of the visitor's ran and did not come from the cache. */
import { ownBuild } from "@/lib/http/builds";
import { json, route } from "@/lib/http/route";

export const GET = route<{ id: string }>(async (call) => {
  const { id } = await ownBuild(call);
  return json({ steps: await call.services.builds.why(id) });
});
