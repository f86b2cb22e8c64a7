/**
 * Who may build. A build runs commands on the build host as good as root, so on an address that others reach it takes
 * the key that the server printed at start; on loopback whoever is here is the machine's owner.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Config } from "../config";
import { Refusal } from "../share/refusal";
import { readCookie } from "./cookies";
import { isOwnHost } from "./origin";

export const BUILD_COOKIE = "stagecraft_build";
/** Set by the server's entry, and by nobody else, on what a proxy passed on: that visitor may be anywhere. */
export const PROXIED_HEADER = "x-stagecraft-proxied";

/** What the cookie holds for a key: shows that its holder once had the key, without telling it. */
export function buildProof(key: string): string {
  return createHash("sha256").update(`stagecraft build right\n${key}`).digest("hex");
}

export function mayBuild(config: Pick<Config, "loopback" | "buildKey">, headers: Headers): boolean {
  if (isOwner(config, headers)) return true;
  const proof = readCookie(headers, BUILD_COOKIE);
  return config.buildKey !== undefined && proof !== null && sameText(proof, buildProof(config.buildKey));
}

/** On loopback, and not through a proxy: whoever is here is the machine's owner. */
function isOwner({ loopback }: Pick<Config, "loopback">, headers: Headers): boolean {
  return loopback && isOwnHost(headers.get("host")) && !headers.has(PROXIED_HEADER);
}

/** A host that is added is reached with the keys and from within the network of the server: more than building. */
export function mayManageHosts(
  config: Pick<Config, "loopback" | "buildKey" | "manageHosts">,
  headers: Headers,
): boolean {
  if (config.manageHosts === "off") return false;
  return config.manageHosts === "on" ? mayBuild(config, headers) : isOwner(config, headers);
}

export function requireHostRight(granted: boolean): void {
  if (granted) return;
  throw new Refusal(
    "forbidden",
    "no-host-right",
    "This browser may not change the build hosts here.",
    "Whoever runs the server sets them up in its hosts file, or allows it with STAGECRAFT_MANAGE_HOSTS=on.",
  );
}

export function requireBuildRight(granted: boolean): void {
  if (granted) return;
  throw new Refusal(
    "forbidden",
    "no-build-right",
    "This browser may not start builds here.",
    "Open the address with ?key=… that the server prints when it starts, or ask whoever runs it.",
  );
}

/** Compares in a time that does not tell how much was right. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
