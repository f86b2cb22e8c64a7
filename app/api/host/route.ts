/** The build host: which, and whether it answers. */
import { json, route } from "@/lib/http/route";

export const GET = route(async ({ services }) => json(await services.hosts.view()));
