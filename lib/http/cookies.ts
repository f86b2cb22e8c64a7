/** Cookies, in and out. */
const YEAR_SECONDS = 365 * 24 * 60 * 60;

export function readCookie(headers: Headers, name: string): string | null {
  for (const pair of headers.get("cookie")?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/** `value` holds no character that a cookie would have to escape. Scripts cannot read it. */
export function writeCookie(name: string, value: string, secure: boolean): string {
  const flags = `Path=/; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Lax`;
  return `${name}=${value}; ${flags}${secure ? "; Secure" : ""}`;
}

/** Whether the browser came by TLS, as far as we or the proxy before us can tell. */
export function cameByTls(request: Request): boolean {
  const forwarded = request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  return (forwarded ?? new URL(request.url).protocol.replace(":", "")) === "https";
}
