/** Guards against pages of other sites that make this browser ask in their name. */
import { isLoopback } from "../config";
import { Refusal } from "../share/refusal";

const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/** A request that changes something must come from our own page, or from no page at all (curl). */
export function checkOrigin(request: Request): void {
  if (READING.has(request.method)) return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const own =
    origin === null ? site === null || site === "same-origin" || site === "none" : sameHost(origin, request);
  if (own) return;
  throw new Refusal(
    "forbidden",
    "foreign-origin",
    "Another site asked for this change, and only Stagecraft's own pages may.",
    "Open Stagecraft at its own address. Behind a proxy, let it pass the Host header on.",
  );
}

function sameHost(origin: string, request: Request): boolean {
  const host = request.headers.get("host");
  return host !== null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

/** The name in a Host header, without its port; null where there is none that can be read. */
export function hostName(hostHeader: string | undefined | null): string | null {
  if (!hostHeader || !URL.canParse(`http://${hostHeader}`)) return null;
  return new URL(`http://${hostHeader}`).hostname;
}

/**
 * On loopback, a name that is not this machine's means that a foreign site has pointed its own name here (DNS
 * rebinding), to read as if it were us.
 */
export function isOwnHost(hostHeader: string | undefined | null, others: readonly string[] = []): boolean {
  const name = hostName(hostHeader);
  return name !== null && (isLoopback(name) || others.includes(name));
}
