"use client";
import { useDocument } from "@/components/editor/document-context";
import { useOptions } from "./options/use-options";

/** Which host the document is built on, where there is a choice; `className` of the select, `id` for its label. */
export function HostSelect({ className, id }: { className?: string | undefined; id?: string }) {
  const list = useDocument((state) => state.hosts);
  const [{ host: chosen }, change] = useOptions();
  if (!list) return null;
  const usual = list.hosts.find((host) => host.id === list.default);
  const gone = chosen !== null && !list.hosts.some((host) => host.id === chosen);
  return (
    <select
      id={id}
      className={className}
      aria-label="Build on"
      value={chosen ?? ""}
      onChange={(event) => change({ host: event.target.value || null })}
    >
      <option value="">{usual ? `${usual.name} (default)` : "the default"}</option>
      {list.hosts
        .filter((host) => host.id !== list.default || host.id === chosen)
        .map((host) => (
          <option key={host.id} value={host.id}>
            {host.name}
            {host.state === "ready" ? "" : " (away)"}
          </option>
        ))}
      {gone && <option value={chosen}>{chosen} (gone)</option>}
    </select>
  );
}

/** Whether there is anything to choose. */
export function useHostChoice(): boolean {
  return useDocument(
    ({ hosts, options, rights }) =>
      rights.edit && hosts !== null && (hosts.hosts.length > 1 || options.host !== null),
  );
}
