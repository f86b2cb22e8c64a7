/** Which keys a person's known_hosts files have for a host (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export type HostKeyVerdict =
  | { known: true }
  /** `other` is set where the host is known by other keys: it may be another machine that answers. */
  | { known: false; other: boolean; fingerprint: string };

/** `key` is the blob that the host shows. Revoked keys are never good; certificate authorities are not looked at. */
export function judgeHostKey(
  files: readonly string[],
  host: string,
  port: number,
  key: Buffer,
): HostKeyVerdict {
  const wanted = port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
  let other = false;
  let known = false;
  for (const line of files.flatMap((text) => text.split("\n"))) {
    const words = line.trim().split(/\s+/);
    if (words[0] === undefined || words[0] === "" || words[0].startsWith("#")) continue;
    const marker = words[0].startsWith("@") ? words.shift() : null;
    const [patterns = "", , blob = ""] = words;
    if (marker === "@cert-authority" || !matchesHost(patterns, wanted)) continue;
    const same = Buffer.from(blob, "base64").equals(key);
    if (marker === "@revoked") {
      if (same) return { known: false, other: true, fingerprint: fingerprintOf(key) };
    } else if (same) known = true;
    else other = true;
  }
  return known ? { known } : { known: false, other, fingerprint: fingerprintOf(key) };
}

export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;

function matchesHost(patterns: string, wanted: string): boolean {
  if (patterns.startsWith("|1|")) {
    const [, , salt = "", hash = ""] = patterns.split("|");
    const made = createHmac("sha1", Buffer.from(salt, "base64")).update(wanted).digest();
    const kept = Buffer.from(hash, "base64");
    return kept.length === made.length && timingSafeEqual(kept, made);
  }
  let matches = false;
  for (const pattern of patterns.toLowerCase().split(",")) {
    const negated = pattern.startsWith("!");
    if (!matchesGlob(negated ? pattern.slice(1) : pattern, wanted)) continue;
    if (negated) return false;
    matches = true;
  }
  return matches;
}

function matchesGlob(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`).test(text);
}
