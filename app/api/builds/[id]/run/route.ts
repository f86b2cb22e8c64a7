/** Runs what a build made, and streams what it says: one event a line. Stops it when the browser leaves. */
import { runRequestSchema } from "@/lib/build/run";
import { readJson } from "@/lib/http/body";
import { requireBuildRight } from "@/lib/http/build-right";
import { ownBuilt } from "@/lib/http/builds";
import { lineStream } from "@/lib/http/line-stream";
import { route } from "@/lib/http/route";

export const POST = route<{ id: string }>(async (call) => {
  const build = await ownBuilt(call);
  requireBuildRight(call.mayBuild);
  const { command } = await readJson(call.request, runRequestSchema);
  return lineStream((signal) => call.services.runs.start(build, command, signal), call.request);
});
