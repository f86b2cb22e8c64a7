/** What images the build host has. */
import { requireBuildRight } from "@/lib/http/build-right";
import { json, route } from "@/lib/http/route";

export const GET = route(async ({ services, mayBuild }) => {
  requireBuildRight(mayBuild);
  return json(await services.images.onHost());
});
