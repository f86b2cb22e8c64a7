/** A build of a shared document, with the text it was made from. */
import { sharedBuild } from "@/lib/http/builds";
import { json, route } from "@/lib/http/route";

export const GET = route<{ token: string; id: string }>(async (call) => json(await sharedBuild(call)));
