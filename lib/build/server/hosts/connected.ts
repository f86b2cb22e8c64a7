/** A host for whoever asks something of it besides a build. */
import { Refusal } from "../../../share/refusal";
import type { HostConnection } from "../host-connection";
import type { Hosts } from ".";

/** Throws a Refusal that says why it cannot be reached. */
export async function connected(hosts: Pick<Hosts, "connect">, id: string | null): Promise<HostConnection> {
  return hosts.connect(id).catch((error) => {
    throw new Refusal("unavailable", "no-host", error instanceof Error ? error.message : String(error));
  });
}
