/** What a stage's image holds: read from the build host when asked for, told while that lasts, then looked at. */
import { requireBuildRight } from "@/lib/http/build-right";
import { lineStream } from "@/lib/http/line-stream";
import { json, route } from "@/lib/http/route";
import { ownStage } from "@/lib/http/stage-files";

type Params = { id: string; stage: string };

export const GET = route<Params>(async (call) => {
  const { build, stage } = await ownStage(call);
  return json(await call.services.stageFiles.overview(build.id, stage));
});

/** Makes the host work. Stops it when the browser leaves. */
export const POST = route<Params>(async (call) => {
  const { build, stage } = await ownStage(call);
  requireBuildRight(call.mayBuild);
  return lineStream((signal) => call.services.stageFiles.read(build, stage, signal), call.request);
});
