/** Debian's programs that the tests need beside Node. */
import { findProgram } from "../engines/process.mjs";

export const enginePrograms = [
  { program: "dockerd", package: "docker.io", why: "the Docker engine that builds are tested on" },
  { program: "docker", package: "docker.io", why: "a second opinion on sizes, and the yardstick for speed" },
  { program: "runc", package: "runc", why: "what the engine runs containers with" },
  { program: "ip", package: "iproute2", why: "gives each engine a network bridge of its own" },
  { program: "iptables", package: "iptables", why: "dockerd asks for it at start" },
  { program: "sshd", package: "openssh-server", why: "the ssh server that a host is reached through" },
  { program: "ssh-keygen", package: "openssh-client", why: "makes that server's keys" },
  { program: "openssl", package: "openssl", why: "makes certificates for a host over TLS" },
  { program: "docker-registry", package: "docker-registry", why: "the registry that is pushed to" },
  { program: "mmdebstrap", package: "mmdebstrap", why: "makes the golang:1.19 and gcc:12 images" },
];

export const browserPrograms = [
  { program: "chromium", package: "chromium", why: "the browser of the end-to-end tests" },
];

/** STAGECRAFT_CHROMIUM names another Chromium or Chrome. */
export const browserPath = () => process.env.STAGECRAFT_CHROMIUM || findProgram("chromium");
