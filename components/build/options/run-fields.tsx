"use client";
/** What RUN steps find around them. */
import { useDocument } from "@/components/editor/document-context";
import { ADDRESS, HOST_NAME, NETWORKS, ULIMIT, ULIMIT_NAMES } from "@/lib/build/options";
import styles from "./options.module.css";
import { PairList } from "./pair-list";
import { Field, Group, Section } from "./section";
import { useOptions } from "./use-options";

const NETWORK_WORDS: Record<(typeof NETWORKS)[number], string> = {
  default: "The host's usual one for builds",
  none: "None",
  host: "The build host's own",
};

export function RunFields() {
  const [{ network, addHosts, ulimits }, change] = useOptions();
  const tooOld = useTooOld();
  const hosts = Object.keys(addHosts).length;
  const limits = Object.keys(ulimits).length;
  const chosen = [
    network !== "default" && `network ${network}`,
    hosts > 0 && `${hosts} hosts`,
    limits > 0 && `${limits} ulimits`,
  ].filter(Boolean);
  return (
    <Section title="While steps run" chosen={chosen.join(", ") || null}>
      <Field label="Network" hint="A RUN --network in the Dockerfile counts more.">
        <select
          className={styles.input}
          value={network}
          onChange={(event) => change({ network: event.target.value as typeof network })}
        >
          {NETWORKS.map((mode) => (
            <option key={mode} value={mode}>
              {NETWORK_WORDS[mode]}
            </option>
          ))}
        </select>
      </Field>
      <Group label="Further names in /etc/hosts">
        <PairList
          entries={addHosts}
          onChange={(entries) => change({ addHosts: entries })}
          noun="host"
          namePlaceholder="db.internal"
          valuePlaceholder="10.0.0.2"
          problem={(name, value) =>
            !HOST_NAME.test(name)
              ? "A host's name has letters, digits, dots and dashes."
              : !ADDRESS.test(value)
                ? `${name} needs an IP address.`
                : null
          }
        />
      </Group>
      <Group label="Limits (ulimit)" hint={tooOld ?? "Soft, or soft:hard. -1 is no limit."}>
        <PairList
          entries={ulimits as Record<string, string>}
          onChange={(entries) => change({ ulimits: entries as typeof ulimits })}
          noun="limit"
          namePlaceholder="nofile"
          valuePlaceholder="1024:2048"
          names={ULIMIT_NAMES}
          problem={(name, value) =>
            !(ULIMIT_NAMES as readonly string[]).includes(name)
              ? `There is no limit ${name}. There are ${ULIMIT_NAMES.join(", ")}.`
              : !ULIMIT.test(value)
                ? "A number, or two as soft:hard."
                : null
          }
        />
      </Group>
    </Section>
  );
}

/** A sentence where the host is too old for limits and named contexts (they came no later than COPY --link). */
export function useTooOld(): string | null {
  return useDocument(({ host }) =>
    host?.state === "ready" && !host.features.copyLink
      ? `The build host runs Engine ${host.engine}, which does not know these: 23.0 and later do.`
      : null,
  );
}
