/** A build host: from now on the one that builds go to by themselves. */
import { requireHostRight } from "@/lib/http/build-right";
import { nothing, route } from "@/lib/http/route";

export const POST = route<{ id: string }>(async ({ params, services, mayManageHosts }) => {
  requireHostRight(mayManageHosts);
  services.hosts.setDefault(params.id);
  return nothing();
});
