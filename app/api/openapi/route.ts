/** The interface for programs, described. */
import { describeApi } from "@/lib/http/openapi";
import { json, route } from "@/lib/http/route";
import { version } from "@/package.json";

export const GET = route(async () => json(describeApi(version)));
