/** A build host that was added on the page: removed. */
import { requireHostRight } from "@/lib/http/build-right";
import { nothing, route } from "@/lib/http/route";

export const DELETE = route<{ id: string }>(async ({ params, services, mayManageHosts }) => {
  requireHostRight(mayManageHosts);
  services.hosts.remove(params.id);
  return nothing();
});
