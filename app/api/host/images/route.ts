/** What images a build host has: that of `?host=…`, or the one that a build goes to by itself. */
import { requireBuildRight } from "@/lib/http/build-right";
import { json, route } from "@/lib/http/route";

export const GET = route(async ({ services, mayBuild, query }) => {
  requireBuildRight(mayBuild);
  return json(await services.images.onHost(query.get("host")));
});
