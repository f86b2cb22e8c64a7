/** Addresses that are given away. */
import { cameByTls } from "./cookies";

/** Where a link leads, by the name under which the visitor reached us. */
export function linkUrl(request: Request, token: string): string {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  return `${cameByTls(request) ? "https" : "http"}://${host}/s/${token}`;
}
