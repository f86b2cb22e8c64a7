/** Build hosts: all of them as they were last seen with what they have to do, and a new one. */
import { readJson } from "@/lib/http/body";
import { requireHostRight } from "@/lib/http/build-right";
import { json, route } from "@/lib/http/route";
import { type HostList, hostSettingSchema } from "@/lib/share/hosts";

export const GET = route(async ({ services, mayManageHosts }) => {
  const { hosts, ...rest } = await services.hosts.list();
  const list: HostList = {
    ...rest,
    hosts: hosts.map((host) => ({ ...host, ...services.builds.load(host.id) })),
    mayManage: mayManageHosts,
  };
  return json(list);
});

export const POST = route(async ({ request, services, mayManageHosts }) => {
  requireHostRight(mayManageHosts);
  return json(await services.hosts.add(await readJson(request, hostSettingSchema)), 201);
});
