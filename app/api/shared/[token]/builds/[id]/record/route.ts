/** A build of a shared document as one file. */
import { recordFile, sharedBuild } from "@/lib/http/builds";
import { route } from "@/lib/http/route";

export const GET = route<{ token: string; id: string }>(async (call) =>
  recordFile(call.services, await sharedBuild(call)),
);
