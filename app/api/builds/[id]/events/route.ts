/** What happens in a build, from any event on. */

import { ownBuild } from "@/lib/http/builds";
import { eventStream, lastSeen } from "@/lib/http/event-stream";
import { route } from "@/lib/http/route";

export const GET = route<{ id: string }>(async (call) => {
  const { id } = await ownBuild(call);
  const seq = lastSeen(call.request);
  return eventStream((signal) => call.services.builds.follow(id, seq, signal), call.request);
});
