/** A build host, and whether it answers now: that of `?id=…`, or the one that a build goes to by itself. */
import { json, route } from "@/lib/http/route";

export const GET = route(async ({ services, query }) => json(await services.hosts.view(query.get("id"))));
