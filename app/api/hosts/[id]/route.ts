/** A build host that was added on the page: changed, removed. */
import { readJson } from "@/lib/http/body";
import { requireHostRight } from "@/lib/http/build-right";
import { json, nothing, route } from "@/lib/http/route";
import type { Services } from "@/lib/http/services";
import { hostChangeSchema } from "@/lib/share/hosts";
import { Refusal } from "@/lib/share/refusal";

interface Params {
  id: string;
}

export const PUT = route<Params>(async ({ request, params, services, mayManageHosts }) => {
  requireHostRight(mayManageHosts);
  const change = await readJson(request, hostChangeSchema);
  requireIdle(services, params.id);
  return json(await services.hosts.edit(params.id, change));
});

export const DELETE = route<Params>(async ({ params, services, mayManageHosts }) => {
  requireHostRight(mayManageHosts);
  requireIdle(services, params.id);
  services.hosts.remove(params.id);
  return nothing();
});

/** Its connections go or are made anew, which a build does not survive. */
function requireIdle({ builds }: Pick<Services, "builds">, hostId: string): void {
  const { running, waiting } = builds.load(hostId);
  if (running + waiting === 0) return;
  throw new Refusal(
    "conflict",
    "host-in-use",
    "Builds run on that host, or wait for it.",
    "Try again when they have ended, or stop them.",
  );
}
