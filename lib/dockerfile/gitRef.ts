import { cut } from "./characters";
import { isBool } from "./numbers";
import { quote } from "./quote";

const PROTOCOL = /^([a-zA-Z0-9]+):\/\//;
const PROTOCOLS = new Set(["http", "https", "ssh", "git"]);
const SCP_STYLE = /^[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:.*?(?:\?(.*?))?(?:#(.*))?$/;
const SWITCHES = new Set(["submodules", "keep-git-dir", "fetch-by-commit"]);

export interface GitRef {
  /** `github.com/…`, which might be a path as well */
  likeLocal: boolean;
  /** what is wrong with its query, or null */
  error: string | null;
}

/** A reference to a Git repository, or null where the text is none (dfgitutil, ParseGitRef). */
export function parseGitRef(text: string): GitRef | null {
  if (text.startsWith("./") || text.startsWith("../")) return null;
  if (text.startsWith("github.com/")) return withUrl(text, true);
  const protocol = PROTOCOL.exec(text)?.[1]?.toLowerCase();
  if (protocol !== undefined) return PROTOCOLS.has(protocol) ? withUrl(text, false, protocol) : null;
  const scp = SCP_STYLE.exec(text);
  if (scp === null) return null;
  const query = readQuery(scp[1] ?? "", true);
  return query === null ? null : { likeLocal: false, error: queryError(query, scp[2] ?? "") };
}

/** A web address counts where its path ends in `.git`. */
function withUrl(text: string, likeLocal: boolean, protocol = ""): GitRef | null {
  const [address, fragment] = cut(text, "#");
  const [path, written] = cut(address, "?");
  if (/[\0-\x1f\x7f]/.test(text) || /%(?![0-9a-fA-F]{2})/.test(path + (fragment ?? ""))) return null;
  const rest = likeLocal ? path : path.slice(protocol.length + 3);
  const [host, place] = cut(rest, "/");
  if (!likeLocal && !isHost(host)) return null;
  if (protocol.startsWith("http") && !place?.endsWith(".git")) return null;
  const query = readQuery(written ?? "", false) ?? new Map();
  return { likeLocal, error: queryError(query, fragment ?? "") };
}

function isHost(text: string): boolean {
  const host = text.slice(text.lastIndexOf("@") + 1);
  return !/[ "<>^`{|}\\]/.test(host) && /^(?:\[[^\]]*\]|[^:[\]]*)(?::\d*)?$/.test(host);
}

/** url.ParseQuery: names to values; of broken pairs nothing is kept, or where it is strict nothing at all. */
function readQuery(text: string, strict: boolean): Map<string, string[]> | null {
  const query = new Map<string, string[]>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const [before, after] = cut(pair, "=");
    const name = unescaped(before);
    const value = unescaped(after ?? "");
    if (pair.includes(";") || name === null || value === null) {
      if (strict) return null;
      continue;
    }
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  return query;
}

function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}

/** GitRef.loadQuery; Go goes through several names in any order. */
function queryError(query: Map<string, string[]>, fragment: string): string | null {
  const [branchOrTag, directory] = split(fragment);
  let ref = branchOrTag;
  let tag = "";
  let branch = "";
  for (const [name, values] of query) {
    if (values.length > 1) return `query ${quote(name)} has multiple values`;
    const value = values[0] ?? "";
    if (value === "" && !SWITCHES.has(name)) return `query ${quote(name)} has no value`;
    if (SWITCHES.has(name)) {
      if (value !== "" && !isBool(value)) return `invalid ${name} value: ${quote(value)}`;
    } else if (name === "ref") {
      const error = conflict("ref", ref, value);
      if (error !== null) return error;
      ref = value;
    } else if (name === "subdir") {
      const error = conflict("subdir", directory, value);
      if (error !== null) return error;
    } else if (name === "tag") tag = value;
    else if (name === "branch") branch = value;
    else if (name === "mtime") {
      if (value !== "checkout" && value !== "commit") {
        return `invalid mtime value: ${quote(value)} (must be "checkout" or "commit")`;
      }
    } else if (name !== "checksum" && name !== "commit") return `unexpected query ${quote(name)}`;
  }
  return tagConflict(ref, tag, branch);
}

function tagConflict(ref: string, tag: string, branch: string): string | null {
  const error = tag === "" ? null : conflict("ref", ref, prefixed("refs/tags/", tag));
  if (error !== null || branch === "") return error;
  if (tag !== "") return "branch conflicts with tag";
  return conflict("ref", ref, prefixed("refs/heads/", branch));
}

function prefixed(prefix: string, text: string): string {
  return text.startsWith(prefix) ? text : prefix + text;
}

function conflict(what: string, one: string, other: string): string | null {
  return one === "" || one === other ? null : `${what} conflicts: ${quote(one)} vs ${quote(other)}`;
}

/** `branch:directory` */
function split(fragment: string): [string, string] {
  const [ref, directory] = cut(unescaped(fragment.replaceAll("+", "%2B")) ?? fragment, ":");
  const parts: string[] = [];
  for (const part of (directory ?? "").split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return [ref, parts.join("/")];
}
