/** Build hosts: which there are, how they are, and, for whoever may, adding, changing and removing them. */
import { type HostChange, type HostSetting, hostListSchema, hostViewSchema } from "../hosts";
import { ask, send } from "./request";

const part = encodeURIComponent;

/** As they were when they were last looked at. */
export function listHosts(signal?: AbortSignal) {
  return ask(hostListSchema, "/api/hosts", { signal });
}

/** How one is now; takes up to 5 s where it is away. */
export function checkHost(id: string, signal?: AbortSignal) {
  return ask(hostViewSchema, `/api/host?id=${part(id)}`, { signal });
}

/** How one would answer that is not added yet. */
export function testHost(setting: HostSetting, signal?: AbortSignal) {
  return ask(hostViewSchema, "/api/host/test", { method: "POST", json: setting, signal });
}

export function addHost(setting: HostSetting) {
  return ask(hostViewSchema, "/api/hosts", { method: "POST", json: setting });
}

/** Only of what was added on the page, and while nothing builds there. */
export function editHost(id: string, change: HostChange) {
  return ask(hostViewSchema, `/api/hosts/${part(id)}`, { method: "PUT", json: change });
}

export async function removeHost(id: string): Promise<void> {
  await send(`/api/hosts/${part(id)}`, { method: "DELETE" });
}

export async function setDefaultHost(id: string): Promise<void> {
  await send(`/api/hosts/${part(id)}/default`, { method: "POST", json: {} });
}
