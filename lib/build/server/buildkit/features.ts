/** What a host's Dockerfile frontend can do: asked of it, not guessed from a version. */

import type { Dial } from "../engine-api";
import type { HostFeatures } from "../host-connection";
import { connectBuildKit } from "./connection";
import { GatewayJob } from "./gateway-job";
import { Control } from "./generated/control_pb";
import type { GrpcClient } from "./grpc/client";
import { openSession } from "./session";

/** Dockerfiles that only a frontend with the feature accepts. Solving them runs nothing. */
const PROBES = {
  heredoc: "FROM scratch\nCOPY <<stop /file\ntext\nstop\n",
  copyLink: "FROM scratch\nCOPY --link file /\n",
} as const;

export class NoBuildKitError extends Error {
  constructor() {
    super(
      "It answers, but does not offer BuildKit, which builds need. Docker Engine 20.10 and newer do; Podman does not.",
    );
    this.name = "NoBuildKitError";
  }
}

/** What can be asked of a BuildKit: the rest of a host's features follows from its image store. */
export interface Abilities {
  frontend: Pick<HostFeatures, "heredoc" | "copyLink" | "checks">;
  /** Its own first, then those that it can emulate. */
  platforms: string[];
}

export async function probeAbilities(dial: Dial, signal: AbortSignal): Promise<Abilities> {
  const connection = await connectBuildKit(dial).catch(() => {
    throw new NoBuildKitError();
  });
  const files = new Map(Object.entries({ ...PROBES, checks: "FROM scratch\n" }));
  const extra = new Map([...files].map(([name, text]) => [name, Buffer.from(text)]));
  const session = openSession(
    connection.client,
    { context: { root: null }, dockerfile: { root: null, extra } },
    "stagecraft:features",
  );
  try {
    const job = new GatewayJob(connection.client, session.id, null, signal);
    const accepts = (options: Record<string, string>) =>
      job.solve(options).then(
        () => true,
        () => false,
      );
    const [platforms, plain, heredoc, copyLink, checks] = await Promise.all([
      platformsOf(connection.client, signal),
      accepts({ filename: "checks" }),
      accepts({ filename: "heredoc" }),
      accepts({ filename: "copyLink" }),
      accepts({
        filename: "checks",
        requestid: "frontend.lint",
        "frontend.caps": "moby.buildkit.frontend.subrequests",
      }),
    ]);
    await job.fail(new Error("Only asked what can be done.")).catch(() => {});
    if (!plain) throw new NoBuildKitError();
    return { frontend: { heredoc, copyLink, checks }, platforms };
  } finally {
    session.close();
    connection.close();
  }
}

/** As `docker buildx inspect` lists them. */
async function platformsOf(client: GrpcClient, signal: AbortSignal): Promise<string[]> {
  const { record } = await client.unary(Control.method.listWorkers, {}, { signal });
  const names = record.flatMap(({ platforms }) =>
    platforms.map(({ OS, Architecture, Variant }) => [OS, Architecture, Variant].filter(Boolean).join("/")),
  );
  return [...new Set(names)];
}
