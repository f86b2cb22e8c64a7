/** The image that a build made, as a tar. */
import { Readable } from "node:stream";
import { requireBuildRight } from "@/lib/http/build-right";
import { ownBuilt } from "@/lib/http/builds";
import { route } from "@/lib/http/route";

export const GET = route<{ id: string }>(async (call) => {
  const build = await ownBuilt(call);
  requireBuildRight(call.mayBuild);
  const archive = await call.services.archives.open(build, call.request.signal);
  return new Response(Readable.toWeb(archive) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": "application/x-tar",
      "content-disposition": `attachment; filename="image-${build.id}.tar"`,
      "cache-control": "no-store",
    },
  });
});
