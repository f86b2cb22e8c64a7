/** A Docker host that can be reached: how to dial it, what it is, and its Engine API. */
import type { Duplex } from "node:stream";
import type { HostFeatures } from "../../share/hosts";
import type { EngineApi } from "./engine-api";

export type { HostFeatures } from "../../share/hosts";

export interface HostConnection {
  name: string;
  /** Without secrets: unix:///var/run/docker.sock, tcp://build:2376 */
  address: string;
  /** Version of the Engine. */
  engine: string;
  /** linux/amd64 */
  platform: string;
  /** Its own first, then those that it can emulate. */
  platforms: string[];
  /** Where images are kept: overlay2, containerd */
  store: string;
  /** Bytes where images are kept; null where nobody tells. */
  disk: { free: number; total: number } | null;
  features: HostFeatures;
  api: EngineApi;
  /** A new raw connection to the Engine's API. */
  dial(): Promise<Duplex>;
}
