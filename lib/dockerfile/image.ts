import { isAscii, toLower } from "./characters";

const IDENTIFIER = /^[a-f0-9]{64}$/;
const COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const HOST_PART = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const DOMAIN = `(?:${HOST_PART}(?:\\.${HOST_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const TAG = "[\\w][\\w.-]{0,127}";
const DIGEST = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
const REFERENCE = new RegExp(
  `^(?:(${DOMAIN})/)?(${COMPONENT}(?:/${COMPONENT})*)(?::(${TAG}))?(?:@(${DIGEST}))?$`,
);
const DIGEST_LENGTHS: Record<string, number> = { sha256: 64, sha384: 96, sha512: 128 };
const MAX_PATH = 255;
/** No reference is longer; what is need not be looked at. */
const MAX_LENGTH = 4096;

/** An image reference in full. */
export interface ImageReference {
  /** "" where what looks like one is none, and only passes as the start of a path: `a.b_c/d` */
  domain: string;
  path: string;
  tag: string | null;
  digest: string | null;
}

/** Reads an image reference as Docker writes them, or null where it is none (distribution/reference). */
export function parseImageReference(text: string): ImageReference | null {
  if (text.length > MAX_LENGTH || IDENTIFIER.test(text) || !isAscii(text)) return null;
  const { domain, rest } = splitDomain(text);
  const colon = rest.indexOf(":");
  const name = colon === -1 ? rest : rest.slice(0, colon);
  if (toLower(name) !== name) return null;
  const match = REFERENCE.exec(`${domain}/${rest}`);
  if (match === null) return null;
  const path = match[2] as string;
  const digest = match[4] ?? null;
  if (path.length > MAX_PATH || (digest !== null && !isDigest(digest))) return null;
  return { domain: match[1] ?? "", path, tag: match[3] ?? null, digest };
}

/** What BuildKit says of a text that is no image reference (reference.ParseNormalizedNamed). */
export function imageNameProblem(text: string): string {
  if (IDENTIFIER.test(text)) {
    return `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`;
  }
  const name = splitDomain(text).rest.split(":")[0] as string;
  const upper = toLower(name) === name ? "" : `: repository name (${name}) must be lowercase`;
  return `invalid reference format${upper}`;
}

function isDigest(digest: string): boolean {
  const [algorithm, encoded = ""] = digest.split(":");
  return DIGEST_LENGTHS[algorithm ?? ""] === encoded.length && /^[a-f0-9]+$/.test(encoded);
}

function splitDomain(text: string): { domain: string; rest: string } {
  const slash = text.indexOf("/");
  if (slash === -1) return { domain: "docker.io", rest: `library/${text}` };
  const first = text.slice(0, slash);
  const isDomain = first === "localhost" || /[.:]/.test(first) || toLower(first) !== first;
  const domain = !isDomain || first === "index.docker.io" ? "docker.io" : first;
  const rest = isDomain ? text.slice(slash + 1) : text;
  return { domain, rest: domain === "docker.io" && !rest.includes("/") ? `library/${rest}` : rest };
}
