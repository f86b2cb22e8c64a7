/** The examples to start from. */
import { json, route } from "@/lib/http/route";

export const GET = route(async ({ services }) => json(await services.templates.list()));
