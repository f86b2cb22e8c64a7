/** A build of the visitor's, with the text it was made from. */

import { ownBuild } from "@/lib/http/builds";
import { json, route } from "@/lib/http/route";

export const GET = route<{ id: string }>(async (call) => json(await ownBuild(call)));
