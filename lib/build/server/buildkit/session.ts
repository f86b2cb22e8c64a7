/** What the host may ask of us during a build: whether we live, files, credentials, secrets, ssh. */
import { randomBytes } from "node:crypto";
import { type Credentials, NO_CREDENTIALS } from "../credentials";
import { fileSyncRoute } from "./file-sync";
import type { FileTree } from "./file-tree";
import { Control } from "./generated/control_pb";
import { Auth } from "./generated/filesync_pb";
import { Health, HealthCheckResponse_ServingStatus as Serving } from "./generated/health_pb";
import { Secrets } from "./generated/secrets_pb";
import type { GrpcClient } from "./grpc/client";
import { type Route, serveGrpc, unaryRoute } from "./grpc/server";
import { Code, GrpcError } from "./grpc/status";
import { Tunnel } from "./grpc/tunnel";
import { type SshAgents, sshRoutes } from "./ssh-forward";

export interface Session {
  readonly id: string;
  close(): void;
}

/** Values by id, for as long as the build takes. */
export type SecretValues = ReadonlyMap<string, Uint8Array>;

/** What a build is lent while it runs. */
export interface Loans {
  secrets: SecretValues;
  credentials: Credentials;
  /** Who signs for `RUN --mount=type=ssh`, by id. */
  ssh: SshAgents;
}
const NOTHING: Loans = { secrets: new Map(), credentials: NO_CREDENTIALS, ssh: new Map() };

/**
 * Opens a session through `Control/Session`: the host's calls travel as bytes inside that call, so that one
 * connection is enough for the whole build. `sharedKey` names the context across builds: the host keeps what it
 * got under it and asks only for what changed.
 */
export function openSession(
  client: GrpcClient,
  trees: Readonly<Record<string, FileTree>>,
  sharedKey: string,
  { secrets, credentials, ssh }: Loans = NOTHING,
): Session {
  const id = randomBytes(16).toString("hex");
  const routes: Route[] = [
    unaryRoute(Health.method.check, () => ({ status: Serving.SERVING })),
    // Without a login the registry is asked anonymously (session/auth/authprovider of BuildKit).
    unaryRoute(Auth.method.credentials, async ({ Host }) => {
      const login = await credentials.of(Host);
      if (login === null) return {};
      return "identityToken" in login
        ? { Secret: login.identityToken }
        : { Username: login.username, Secret: login.password };
    }),
    unaryRoute(Secrets.method.getSecret, ({ ID }) => {
      const data = secrets.get(ID);
      // Its code tells BuildKit that a mount which does not require the secret may go without.
      if (!data) throw new GrpcError(Code.notFound, `The secret "${ID}" was not given for this build.`);
      return { data };
    }),
    ...sshRoutes(ssh),
    fileSyncRoute(trees),
  ];
  const call = client.open(Control.method.session, {
    metadata: {
      "x-docker-expose-session-uuid": id,
      "x-docker-expose-session-name": "stagecraft",
      "x-docker-expose-session-sharedkey": sharedKey,
      "x-docker-expose-session-grpc-method": routes.map(([path]) => path),
    },
  });
  const server = serveGrpc(new Tunnel(call), routes);
  return { id, close: () => server.destroy() };
}
