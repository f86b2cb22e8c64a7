/** What a host's Dockerfile frontend can do: asked of it, not guessed from a version. */

import type { Dial } from "../engine-api";
import type { HostFeatures } from "../host-connection";
import { connectBuildKit } from "./connection";
import { GatewayJob } from "./gateway-job";
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

export async function probeFeatures(dial: Dial, signal: AbortSignal): Promise<HostFeatures> {
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
    const [plain, heredoc, copyLink, checks] = await Promise.all([
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
    return { heredoc, copyLink, checks };
  } finally {
    session.close();
    connection.close();
  }
}
