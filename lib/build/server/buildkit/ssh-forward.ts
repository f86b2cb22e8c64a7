/** `RUN --mount=type=ssh`: connections of a step to an ssh agent, by the id that its mount asks for. */
import { fromBinary } from "@bufbuild/protobuf";
import { DEFAULT_SSH_ID } from "../../options";
import type { SshAgent } from "../ssh-agent/agent";
import { connectToAgent } from "../ssh-agent/connection";
import { BytesMessageSchema, SSH } from "./generated/sshforward_pb";
import { methodPath, type Route, type ServerCall, unaryRoute } from "./grpc/server";
import { Code, GrpcError } from "./grpc/status";
import { bytesFrame } from "./grpc/tunnel";

export type SshAgents = ReadonlyMap<string, SshAgent>;

const ID_HEADER = "buildkit.ssh.id";

export function sshRoutes(agents: SshAgents): Route[] {
  const agentFor = (id: string): SshAgent => {
    const agent = agents.get(id || DEFAULT_SSH_ID);
    if (agent) return agent;
    // A mount that does not require it goes without.
    throw new GrpcError(Code.notFound, `No ssh key "${id || DEFAULT_SSH_ID}" was given for this build.`);
  };
  return [
    unaryRoute(SSH.method.checkAgent, ({ ID }) => {
      agentFor(ID);
      return {};
    }),
    [methodPath(SSH.method.forwardAgent), (call) => forward(call, agentFor(call.header(ID_HEADER)[0] ?? ""))],
  ];
}

async function forward(call: ServerCall, agent: SshAgent): Promise<void> {
  const connection = connectToAgent(agent, (bytes) => {
    // The step has gone, and with it the one who wanted to know.
    call.write(bytesFrame(bytes)).catch(() => connection.end());
  });
  try {
    for await (const message of call.messages())
      connection.take(fromBinary(BytesMessageSchema, message).data);
  } finally {
    connection.end();
  }
}
