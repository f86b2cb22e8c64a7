/** Files of a stage or of one of its layers: those of a folder, or those that have some words in their path. */
import { json, route } from "@/lib/http/route";
import { ownStage, readFilesQuery } from "@/lib/http/stage-files";

export const GET = route<{ id: string; stage: string }>(async (call) => {
  const { build, stage } = await ownStage(call);
  return json(await call.services.stageFiles.page(build.id, stage, readFilesQuery(call.query)));
});
