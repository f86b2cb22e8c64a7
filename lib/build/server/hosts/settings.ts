/**
 * The hosts file: YAML, of which JSON is a part. The same shape is what the page's own hosts are kept in.
 *
 *   default: big
 *   hosts:
 *     - name: big
 *       address: ssh://me@big.example
 *       key: /etc/stagecraft/big_ed25519
 */
import { accessSync, constants, readFileSync } from "node:fs";
import path from "node:path";
import { isNode, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { type HostChange, type HostSetting, hostSettingSchema, MAX_HOSTS } from "../../../share/hosts";
import { parseAddress } from "./address";

export const hostsFileSchema = z.strictObject({
  default: z.string().optional(),
  hosts: z.array(hostSettingSchema).max(MAX_HOSTS),
});
export type HostsFile = z.infer<typeof hostsFileSchema>;

/** The page's own hosts. One that was given another name keeps the id that documents and builds know it by. */
export const keptHostsSchema = hostsFileSchema.extend({
  hosts: z.array(hostSettingSchema.extend({ id: hostSettingSchema.shape.name.optional() })).max(MAX_HOSTS),
});
export type KeptHosts = z.infer<typeof keptHostsSchema>;
export type KeptHost = KeptHosts["hosts"][number];

const MAX_FILE_BYTES = 256 * 1024;

/** Throws an Error that names the file, and the line of each thing that is wrong. Paths in it are as from its folder. */
export function readHostsFile(file: string): HostsFile {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`The hosts file ${file} cannot be read: ${(error as Error).message}`);
  }
  if (text.length > MAX_FILE_BYTES)
    throw new Error(`The hosts file ${file} has more than ${MAX_FILE_BYTES} bytes.`);
  const { value, problems } = parseHosts(text, path.dirname(file));
  if (value && problems.length === 0) return value;
  throw new Error(
    `The hosts file ${file} cannot be used:\n${problems.map((each) => `  ${each}`).join("\n")}`,
  );
}

/** `folder` is what relative paths are meant from. */
export function parseHosts(text: string, folder: string): { value: HostsFile | null; problems: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const { errors } = document;
  if (errors.length > 0) {
    return {
      value: null,
      problems: errors.map(
        (error) => `line ${error.linePos?.[0].line ?? 1}: ${error.message.split("\n")[0]}`,
      ),
    };
  }
  const lineOf = (keys: readonly PropertyKey[]): number => {
    for (let length = keys.length; length > 0; length--) {
      const node = document.getIn(keys.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const at = (keys: readonly PropertyKey[], problem: string) => {
    const field = keys.filter((key) => typeof key === "string" && key !== "hosts").join(".");
    return `line ${lineOf(keys)}: ${field ? `${field}: ` : ""}${problem}`;
  };
  const parsed = hostsFileSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (!parsed.success) {
    return {
      value: null,
      problems: parsed.error.issues.map((issue) => {
        const unknown = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
        return at(
          [...issue.path, ...unknown],
          unknown.length > 0 ? "nothing here has that name" : issue.message,
        );
      }),
    };
  }
  const value = { ...parsed.data, hosts: parsed.data.hosts.map((host) => resolved(host, folder)) };
  const problems: string[] = [];
  const names = new Map<string, number>();
  for (const [index, host] of value.hosts.entries()) {
    const problem = settingProblem(host);
    if (problem) problems.push(at(["hosts", index, problem.field], problem.message));
    const other = names.get(host.name);
    if (other !== undefined)
      problems.push(
        at(["hosts", index, "name"], `${host.name} is the host of line ${lineOf(["hosts", other])} already`),
      );
    else names.set(host.name, index);
  }
  if (value.default !== undefined && !names.has(value.default))
    problems.push(at(["default"], `there is no host ${value.default} in this file`));
  return { value, problems };
}

/** What the schema cannot say; null where all is well. Messages name no path: the page shows them. */
export function settingProblem(host: HostSetting): { field: keyof HostSetting; message: string } | null {
  const endpoint = parseAddress(host.address, null);
  if (endpoint.kind === "unsupported") return { field: "address", message: endpoint.reason };
  if (host.key !== undefined) {
    if (endpoint.kind !== "ssh") return { field: "key", message: "a key is for ssh:// addresses only" };
    if (!isReadable(host.key))
      return { field: "key", message: "that key is not on the server, or its account may not read it" };
  }
  if (host.certificates !== undefined) {
    if (endpoint.kind !== "tcp")
      return { field: "certificates", message: "certificates are for tcp:// addresses only" };
    if (!isReadable(path.join(host.certificates, "ca.pem")))
      return {
        field: "certificates",
        message: "that folder has no ca.pem, or the server's account may not read it",
      };
  }
  return null;
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** What a host is after a change. A key and certificates go with the kind of address that they are for. */
export function changed<Setting extends HostSetting>(setting: Setting, change: HostChange): Setting {
  const kind = parseAddress(change.address ?? setting.address, null).kind;
  const fitting = {
    ...setting,
    ...(kind !== "ssh" && { key: undefined }),
    ...(kind !== "tcp" && { certificates: undefined }),
  };
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const next = Object.entries({ ...fitting, ...Object.fromEntries(given) });
  return Object.fromEntries(next.filter(([, value]) => value !== null && value !== undefined)) as Setting;
}

/** With absolute paths. */
export function resolved<Setting extends HostSetting>(host: Setting, folder: string): Setting {
  const { key, certificates } = host;
  return {
    ...host,
    ...(key !== undefined && { key: path.resolve(folder, key) }),
    ...(certificates !== undefined && { certificates: path.resolve(folder, certificates) }),
  };
}
