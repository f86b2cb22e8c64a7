import { readdirSync, readFileSync } from "node:fs";

/** Processes on this machine that sleep for this many seconds: the host's containers are among them. */
export function sleeping(seconds: number): number {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8") === `sleep\0${seconds}\0`;
    } catch {
      return false;
    }
  }).length;
}
