/** One file by https, for a build: of public addresses, or of private ones that the operator has named. */
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { rootCertificates } from "node:tls";
import { isRefusal, Refusal } from "../../../share/refusal";
import { allowedAddress, PrivateAddressError } from "../registry/address";

const TIMEOUT_MS = 120_000;
const MAX_REDIRECTS = 5;

/** Throws a Refusal in words where it cannot. Redirects are followed, each as carefully as the first address. */
export async function* download(
  address: string,
  privateHosts: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const time = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await open(address, privateHosts, AbortSignal.any([signal, time]));
    for await (const part of response) yield part as Uint8Array;
  } catch (error) {
    if (isRefusal(error) || signal.aborted) throw error;
    throw problem(error, address);
  }
}

async function open(
  address: string,
  privateHosts: readonly string[],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const ca = await authorities();
  let url = new URL(address);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await ask(url, privateHosts, ca, signal);
    const { statusCode: status = 0, headers } = response;
    if (status === 200) return response;
    response.destroy();
    if (status < 300 || status > 399 || headers.location === undefined) throw refused(address, status);
    url = new URL(headers.location, url);
    if (url.protocol !== "https:") throw leadsAway(address);
  }
  throw leadsAway(address);
}

function ask(
  url: URL,
  privateHosts: readonly string[],
  ca: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const allowed = allowedAddress(url, (host) => privateHosts.includes(host.toLowerCase()));
    const headers = { "user-agent": "stagecraft", accept: "*/*" };
    const asking = request(url, { headers, signal, ...(ca && { ca: [...ca] }), ...allowed }, (response) => {
      // It may fail before it is read: who reads it is told then.
      response.on("error", () => {});
      resolve(response);
    });
    asking.once("error", reject);
    asking.end();
  });
}

/** Authorities of the operator's own, as git is told them, beside the usual ones. */
async function authorities(): Promise<string[] | undefined> {
  const { GIT_SSL_CAINFO } = process.env;
  if (!GIT_SSL_CAINFO) return undefined;
  return [...rootCertificates, await readFile(GIT_SSL_CAINFO, "utf8")];
}

function problem(error: unknown, address: string): Refusal {
  const { host } = new URL(address);
  if (error instanceof PrivateAddressError) {
    return new Refusal(
      "forbidden",
      "private-archive",
      `${address} leads to an address within a private network, which this server does not ask for visitors.`,
      `Whoever runs it can allow that: STAGECRAFT_PRIVATE_GIT=${host}`,
    );
  }
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  const why = name === "TimeoutError" ? "it took too long" : message;
  return new Refusal("unavailable", "archive-unreachable", `${host} cannot be asked for ${address}: ${why}.`);
}

function refused(address: string, status: number): Refusal {
  return new Refusal(
    status === 404 ? "notFound" : "unavailable",
    "no-archive",
    `${address} cannot be had: the answer is ${status}.`,
    "Check the address. Logins are not taken: put the files into the build context instead.",
  );
}

function leadsAway(address: string): Refusal {
  return new Refusal(
    "invalid",
    "archive-redirect",
    `${address} sends on to where it is not followed: away from https, or too often.`,
    "Give the archive's own address.",
  );
}
