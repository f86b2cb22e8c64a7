/** A build host that was added on the page: changed, removed. */
import { readJson } from "@/lib/http/body";
import { requireHostRight } from "@/lib/http/build-right";
import { json, nothing, route } from "@/lib/http/route";
import { hostChangeSchema } from "@/lib/share/hosts";
import { Refusal } from "@/lib/share/refusal";

interface Params {
  id: string;
}

export const PUT = route<Params>(async ({ request, params, services, mayManageHosts }) => {
  requireHostRight(mayManageHosts);
  const change = await readJson(request, hostChangeSchema);
  const { running, waiting } = services.builds.load(params.id);
  // Its connections are made anew, which a build does not survive.
  if (running + waiting > 0)
    throw new Refusal(
      "conflict",
      "host-in-use",
      "Builds run on that host, or wait for it.",
      "Change it when they have ended, or stop them.",
    );
  return json(await services.hosts.edit(params.id, change));
});

export const DELETE = route<Params>(async ({ params, services, mayManageHosts }) => {
  requireHostRight(mayManageHosts);
  services.hosts.remove(params.id);
  return nothing();
});
