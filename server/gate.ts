/** What every request passes before the pages and routes see it. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Config } from "@/lib/config";
import { BUILD_COOKIE, buildProof, PROXIED_HEADER, sameText } from "@/lib/http/build-right";
import { writeCookie } from "@/lib/http/cookies";
import { isOwnHost } from "@/lib/http/origin";

/** What an address is read against; its name counts for nothing. */
const BASE = "http://here";
/** Those that pages and routes know. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** True where the request may go on; otherwise it is answered. */
export function pass(
  config: Config,
  dev: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { method = "", url = "" } = request;
  if (!METHODS.includes(method)) {
    response.setHeader("allow", METHODS.join(", "));
    refuse(response, 405, `Nothing here answers to ${method}.\n`);
    return false;
  }
  if (url === "*" || !URL.canParse(url, BASE)) {
    refuse(
      response,
      400,
      "That is no address of a page. Open the one that the server printed at its start.\n",
    );
    return false;
  }
  if (!config.loopback || isOwnHost(request.headers.host, config.hosts)) {
    markProxied(request);
    setHeaders(request, response, dev);
    return !takeKey(config, request, response);
  }
  const name = request.headers.host ?? "";
  refuse(
    response,
    421,
    `Stagecraft answers on this machine's own addresses only, and was asked for as “${name.slice(0, 200)}”.\n` +
      "Open http://127.0.0.1 with its port. Behind a proxy, set STAGECRAFT_HOSTS to the name it is reached by.\n",
  );
  return false;
}

/** What proxies say of whom they ask for; one of them is enough. */
const PROXIES_SAY = [
  "forwarded",
  "via",
  "x-real-ip",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
];

/** A proxy may say nothing at all; the one that most have then speaks HTTP/1.0, which no browser does. */
function markProxied(request: IncomingMessage): void {
  delete request.headers[PROXIED_HEADER];
  const proxied = request.httpVersion === "1.0" || PROXIES_SAY.some((name) => request.headers[name]);
  if (proxied) request.headers[PROXIED_HEADER] = "1";
}

/** Nothing here speaks anything but HTTP; Next would leave whoever asks for more with an open connection. */
export function refuseUpgrades(server: Server): void {
  server.on("upgrade", (_request, socket) => {
    // It may be gone already.
    socket.on("error", () => {});
    socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
}

/** Next puts the nonce of this very header on its own scripts, so nothing else that is inline ever runs. */
function setHeaders(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'self'",
    // Hot reload evaluates code.
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ""}`,
    // Monaco and React Flow place things by style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${dev ? " ws: wss:" : ""}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  request.headers["content-security-policy"] = policy;
  response.setHeader("content-security-policy", policy);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("permissions-policy", "camera=(), microphone=(), geolocation=()");
}

/** `?key=…` on a page gives the browser the right to build, and leaves the address. True where it answered. */
function takeKey(config: Config, request: IncomingMessage, response: ServerResponse): boolean {
  const url = new URL(request.url ?? "/", BASE);
  const key = url.searchParams.get("key");
  if (
    key === null ||
    config.buildKey === undefined ||
    request.method !== "GET" ||
    url.pathname.startsWith("/api/")
  ) {
    return false;
  }
  if (!sameText(key, config.buildKey)) {
    refuse(
      response,
      403,
      "This is not the key that lets a browser build here.\nLook at what the server printed at its start.\n",
    );
    return true;
  }
  url.searchParams.delete("key");
  const secure = request.headers["x-forwarded-proto"] === "https";
  // A path that begins with two slashes would lead to another site.
  const location = url.pathname.replace(/^\/+/, "/") + url.search;
  response.writeHead(303, {
    location,
    "set-cookie": writeCookie(BUILD_COOKIE, buildProof(config.buildKey), secure),
    "cache-control": "no-store",
  });
  response.end();
  return true;
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(text);
}
