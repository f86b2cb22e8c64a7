/** A build of the visitor's as one file. */
import { ownBuild, recordFile } from "@/lib/http/builds";
import { route } from "@/lib/http/route";

export const GET = route<{ id: string }>(async (call) => recordFile(call.services, await ownBuild(call)));
