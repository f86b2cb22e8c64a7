/** Hosts that were added on the page: a file in the server's own folder, in the shape of the hosts file. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type KeptHosts, keptHostsSchema } from "./settings";

/** One that is not there yet has no hosts; one that cannot be understood stops the server, with its name. */
export function readKept(file: string): KeptHosts {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { hosts: [] };
    throw error;
  }
  try {
    return keptHostsSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${file} is not what this server writes there: ${(error as Error).message}`);
  }
}

/** Whole or not at all: a server that dies in the midst of it finds the file as it was. */
export function writeKept(file: string, hosts: KeptHosts): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.new`;
  writeFileSync(beside, `${JSON.stringify(hosts, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(beside, file);
}
