/** Why a Docker host cannot be reached, in words that lead to what to do. */
import { EngineApiError } from "../engine-api";
import { SshError } from "./ssh/connection";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "There is no such socket. Is Docker installed and running?",
  EACCES:
    "This user may not use the socket. Add the user to the group “docker”, or start the server as one who may.",
  EPERM:
    "This user may not use the socket. Add the user to the group “docker”, or start the server as one who may.",
  ECONNREFUSED: "Nothing answers there. Is the Docker Engine running, and does it listen on that address?",
  ENOTFOUND: "That host name is not known. Check it for a typing mistake.",
  EAI_AGAIN: "That host name could not be looked up. Check the name and the network’s DNS.",
  ETIMEDOUT: "It did not answer in time. Check the address, and whether a firewall is in between.",
  EHOSTUNREACH: "There is no way to that host through the network.",
  ENETUNREACH: "There is no way to that host through the network.",
  ECONNRESET:
    "It closed the connection. If the host uses TLS, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH must be set.",
  EPROTO: "It does not answer with TLS. Unset DOCKER_TLS_VERIFY, or check the port (TLS is mostly on 2376).",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "Its certificate is for another host name. Use the name that the certificate is for.",
  CERT_HAS_EXPIRED: "Its certificate has expired.",
  HPE_INVALID_CONSTANT:
    "What answers there is not a Docker Engine’s API. If the host uses TLS, set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH.",
};

export function unreachableReason(error: unknown): string {
  const code = (error as { code?: string } | null)?.code ?? "";
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return unreachableReason(error.errors[0]);
  if (Object.hasOwn(REASONS, code)) return REASONS[code]!;
  if (error instanceof SshError) return message;
  if (error instanceof EngineApiError) {
    return /HTTP request to an HTTPS server/i.test(message)
      ? "It wants TLS. Set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, or use a docker context that has the certificates."
      : `It answers, but not as a Docker Engine does: ${message}`;
  }
  if (/SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|CERT_/.test(code)) {
    return `Its certificate could not be checked (${message}). Check the ca.pem that belongs to it.`;
  }
  if (/SSL|TLS|certificate/i.test(`${code} ${message}`)) {
    return `It refused the TLS connection (${message}). Check the client certificate (cert.pem and key.pem).`;
  }
  return message;
}
