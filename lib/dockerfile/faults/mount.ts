import { cut, toLower } from "../characters";
import { readCsv } from "../csv";
import type { Fault } from "../instructions/fault";
import { isBool } from "../numbers";
import { quote } from "../quote";
import { expand } from "../shell";
import type { Step } from "../step";
import { didYouMean } from "../suggest";
import { sizeIsFine } from "./size";

const FLAG = "--mount=";
const TYPES = ["bind", "cache", "tmpfs", "secret", "ssh"];
const SHARING = ["shared", "private", "locked"];
const KEYS =
  "type from source target readonly id sharing required size mode uid gid src dst destination ro rw readwrite env".split(
    " ",
  );
const MOST = 2 ** 32;

/** What of a mount is to be known once all of it is read. */
interface Read {
  type: string;
  from: string;
  source: string;
  target: string;
  id: string;
  sharing: string;
  mode: boolean;
  uid: boolean;
  gid: boolean;
}

/** What is wrong with the mounts of a RUN, variables expanded (commands_runmount.go, parseMount; convert_runmount.go). */
export function mountFault({ node, state }: Step, escapeToken: string): Fault | null {
  const mounts: (Read & { flag: number })[] = [];
  for (const [flag, { word }] of node.rawFlags.entries()) {
    if (!word.startsWith(FLAG)) continue;
    const mount = readMount(word.slice(FLAG.length), (value) =>
      expand(value, state.variables, { escape: escapeToken }),
    );
    if (typeof mount === "string") return { message: mount, flag };
    mounts.push({ ...mount, flag });
  }
  for (const { type, source, target, flag } of mounts) {
    if (type === "ssh" && source !== "") return { message: "ssh does not support source", flag };
    if (type !== "ssh" && type !== "secret" && target === "/")
      return { message: 'invalid mount target "/"', flag };
  }
  return null;
}

function readMount(text: string, expanded: (value: string) => ReturnType<typeof expand>): Read | string {
  const fields = readCsv(text);
  if ("error" in fields) return `failed to parse csv mounts: ${fields.error}`;
  const mount: Read = {
    type: "bind",
    from: "",
    source: "",
    target: "",
    id: "",
    sharing: "",
    mode: false,
    uid: false,
    gid: false,
  };
  for (const field of fields) {
    const [name, given] = cut(field.text, "=");
    const key = toLower(name);
    const value = given === null ? null : expanded(given);
    if (value !== null && !value.ok) return value.error;
    const error =
      value === null ? bareFault(key, field.text, mount) : setOption(mount, key, value.value, field.text);
    if (error !== null) return error;
  }
  return wholeFault(mount) ?? mount;
}

const isRequirable = (type: string) => type === "secret" || type === "ssh";

/** An option without a value. */
function bareFault(key: string, field: string, { type }: Read): string | null {
  if (["readonly", "ro", "readwrite", "rw"].includes(key)) return null;
  if (key !== "required") return `invalid field '${field}' must be a key=value pair`;
  return isRequirable(type) ? null : unexpected(key, type);
}

const unexpected = (key: string, type: string) => `unexpected key '${key}' for mount type '${type}'`;

/** Sets an option, or says what is wrong with it. */
function setOption(mount: Read, key: string, value: string, field: string): string | null {
  const invalid = `invalid value for ${key}: ${value}`;
  switch (key) {
    case "type":
      mount.type = toLower(value);
      if (TYPES.includes(mount.type)) return null;
      return `unsupported mount type ${quote(value)}${didYouMean(value, TYPES, true)}`;
    case "from":
    case "id":
      mount[key] = value;
      return null;
    case "source":
    case "src":
      mount.source = value;
      return null;
    case "target":
    case "dst":
    case "destination":
      mount.target = value;
      return null;
    case "readonly":
    case "ro":
    case "readwrite":
    case "rw":
      return isBool(value) ? null : invalid;
    case "required":
      if (!isRequirable(mount.type)) return unexpected(key, mount.type);
      return isBool(value) ? null : invalid;
    case "size":
      if (mount.type !== "tmpfs") return unexpected(key, mount.type);
      return sizeIsFine(value) ? null : invalid;
    case "sharing":
      mount.sharing = toLower(value);
      if (SHARING.includes(mount.sharing)) return null;
      return `unsupported sharing value ${quote(value)}${didYouMean(value, SHARING, true)}`;
    case "mode":
    case "uid":
    case "gid":
      mount[key] = true;
      return isNumber(value, key === "mode" ? 8 : 10) ? null : `invalid value ${value} for ${key}`;
    case "env":
      return null;
    default:
      return `unexpected key '${key}' in '${field}'${didYouMean(key, KEYS, true)}`;
  }
}

/** strconv.ParseUint of 32 bits */
function isNumber(text: string, base: 8 | 10): boolean {
  return (base === 8 ? /^[0-7]+$/ : /^\d+$/).test(text) && Number.parseInt(text, base) < MOST;
}

function wholeFault(mount: Read): string | null {
  const { type, from, source, target, id, sharing } = mount;
  if (type === "bind" || type === "tmpfs") {
    for (const key of ["mode", "uid", "gid"] as const) {
      if (mount[key]) return `${key} not allowed for ${quote(type)} type mounts`;
    }
  }
  if (type === "secret") {
    if (from !== "") return "secret mount should not have a from";
    if (sharing !== "") return "secret mount should not define sharing";
    if (source === "" && target === "" && id === "")
      return "invalid secret mount. one of source, target required";
    if (source !== "" && id !== "") return "both source and id can't be set";
  }
  return sharing !== "" && type !== "cache" ? `invalid cache sharing set for ${type} mount` : null;
}
