/** Which addresses the server may ask on somebody's behalf: public ones, and private ones that its operator named. */
import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** The address lies within the network of whoever runs the server, where a visitor has no business. */
export class PrivateAddressError extends Error {
  readonly code = "PRIVATE_ADDRESS";
}

/** Anything but an address of the public internet: loopback, private, link-local, metadata services, multicast… */
export function isPrivateAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return true;
  // An IPv4 address within an IPv6 one counts as itself.
  return ipaddr.process(address).range() !== "unicast";
}

/**
 * How to connect to an address for somebody: throws where it is private, or looks at it once more when its name is
 * known. `trusted` says whether a host (with its port) may have a private address.
 */
export function allowedAddress(url: URL, trusted: (host: string) => boolean): { lookup?: LookupFunction } {
  if (trusted(url.host)) return {};
  const name = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(name) !== 0 && isPrivateAddress(name)) throw new PrivateAddressError(name);
  return { lookup: publicLookup };
}

/** Looks names up as Node does, and refuses private addresses at the very moment of connecting. */
export const publicLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return done(error, []);
    const hidden = found.find(({ address }) => isPrivateAddress(address));
    const [first] = found;
    if (hidden || !first) return done(new PrivateAddressError(hostname), []);
    if (options.all) done(null, found);
    else done(null, first.address, first.family);
  });
};
