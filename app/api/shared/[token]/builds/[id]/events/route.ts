/** The events of a build of a shared document. */

import { sharedBuild } from "@/lib/http/builds";
import { eventStream, lastSeen } from "@/lib/http/event-stream";
import { route } from "@/lib/http/route";

export const GET = route<{ token: string; id: string }>(async (call) => {
  const { id } = await sharedBuild(call);
  const seq = lastSeen(call.request);
  return eventStream((signal) => call.services.builds.follow(id, seq, signal), call.request);
});
