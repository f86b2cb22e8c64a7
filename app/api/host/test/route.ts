/** How a host answers that is not set up yet. */
import { readJson } from "@/lib/http/body";
import { requireHostRight } from "@/lib/http/build-right";
import { json, route } from "@/lib/http/route";
import { hostSettingSchema } from "@/lib/share/hosts";

export const POST = route(async ({ request, services, mayManageHosts }) => {
  requireHostRight(mayManageHosts);
  return json(await services.hosts.test(await readJson(request, hostSettingSchema)));
});
