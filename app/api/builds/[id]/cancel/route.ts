/** Asks a build to stop. Its `finished` event tells when it has. */

import { ownBuild } from "@/lib/http/builds";
import { nothing, route } from "@/lib/http/route";

export const POST = route<{ id: string }>(async (call) => {
  const { id } = await ownBuild(call);
  call.services.builds.cancel(id);
  return nothing(202);
});
