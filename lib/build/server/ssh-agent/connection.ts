/**
 * One connection to an agent, as a step sees it behind `$SSH_AUTH_SOCK`: keys are listed and signed with. To add, remove
 * or lock them, and all else that the protocol has, is refused (draft-miller-ssh-agent).
 */
import ssh2 from "ssh2";
import type { Hash, SshAgent } from "./agent";

/** Bytes of one message, as OpenSSH's agent takes them. */
const MAX_MESSAGE_BYTES = 256 * 1024;
/** Bytes of requests that were not yet read. */
const MAX_WAITING_BYTES = 1024 * 1024;
const LENGTH_BYTES = 4;
const REQUEST_IDENTITIES = 11;
const SIGN_REQUEST = 13;

export interface AgentConnection {
  /** What the step writes, cut anywhere. Throws where that is no agent protocol. */
  take(bytes: Uint8Array): void;
  end(): void;
}

/** Every answer goes to `reply`, in the order of the requests. */
export function connectToAgent(agent: SshAgent, reply: (bytes: Buffer) => void): AgentConnection {
  const protocol = new ssh2.AgentProtocol(false);
  protocol.on("error", () => {});
  protocol.on("data", reply);
  protocol.on("identities", (request) => {
    agent.identities().then(
      (keys) => protocol.getIdentitiesReply(request, keys),
      () => protocol.failureReply(request),
    );
  });
  protocol.on("sign", (request, key, data, { hash }) => {
    agent.sign(key, data, hash as Hash).then(
      (signature) => protocol.signReply(request, signature),
      () => protocol.failureReply(request),
    );
  });
  const requests = new Requests();
  return {
    take(bytes) {
      for (const request of requests.push(bytes)) protocol.write(request);
      if (protocol.writableLength > MAX_WAITING_BYTES)
        throw new Error("Too much was asked of an ssh agent at once.");
    },
    end: () => protocol.destroy(),
  };
}

/** Cuts what comes into messages. */
class Requests {
  private rest = Buffer.alloc(0);

  push(bytes: Uint8Array): Buffer[] {
    this.rest = Buffer.concat([this.rest, bytes]);
    const whole: Buffer[] = [];
    while (this.rest.length >= LENGTH_BYTES) {
      const length = this.rest.readUInt32BE();
      if (length === 0 || length > MAX_MESSAGE_BYTES) throw new Error("That is no message to an ssh agent.");
      if (this.rest.length < LENGTH_BYTES + length) break;
      whole.push(understood(this.rest.subarray(0, LENGTH_BYTES + length)));
      this.rest = this.rest.subarray(LENGTH_BYTES + length);
    }
    return whole;
  }
}

/**
 * What the library does not know it refuses, but takes the words of such a message for the next one: they are cut off.
 * OpenSSH's client begins with one (session-bind@openssh.com).
 */
function understood(message: Buffer): Buffer {
  const kind = message[LENGTH_BYTES]!;
  return kind === REQUEST_IDENTITIES || kind === SIGN_REQUEST ? message : Buffer.from([0, 0, 0, 1, kind]);
}
