"use client";
import { Server, ServerOff } from "lucide-react";
import Link from "next/link";
import { useDocument } from "@/components/editor/document-context";
import { hostFacts, shortVersion } from "@/components/hosts/host-facts";
import { cx } from "@/components/ui/cx";
import { Popover } from "@/components/ui/popover";
import type { HostView } from "@/lib/store/wire";
import styles from "./header-parts.module.css";
import { WaysToConnect } from "./ways-to-connect";

/** The Docker host that builds, or how to get one. */
export function HostPill() {
  const host = useDocument((state) => state.host);
  if (host === null) {
    return (
      <span className={styles.host} role="status">
        <Server size={14} aria-hidden="true" />
        <span className={styles.wide}>Looking for a host…</span>
      </span>
    );
  }
  const ready = host.state === "ready";
  const Icon = ready ? Server : ServerOff;
  return (
    <Popover
      label="Docker host"
      trigger={
        <button
          type="button"
          data-testid="host-pill"
          data-state={host.state}
          className={cx(styles.host, !ready && styles.hostMissing)}
          aria-label={`Docker host: ${hostLabel(host)}`}
        >
          <Icon size={14} aria-hidden="true" />
          <span className={styles.wide}>
            {ready ? (
              <>
                {host.name} · <b className={styles.engine}>Engine {shortVersion(host.engine)}</b>
              </>
            ) : (
              hostLabel(host)
            )}
          </span>
        </button>
      }
    >
      <HostDetails host={host} />
    </Popover>
  );
}

function hostLabel(host: HostView): string {
  if (host.state === "ready") return `${host.name} · Engine ${shortVersion(host.engine)}`;
  return host.state === "none" ? "No Docker host" : `${host.name} unreachable`;
}

function HostDetails({ host }: { host: HostView }) {
  if (host.state !== "ready") {
    return (
      <div className={styles.details}>
        <h2>{host.state === "none" ? "No Docker host" : "The Docker host can't be reached"}</h2>
        {host.state === "unreachable" && (
          <p>
            Tried <code>{host.address}</code>.
          </p>
        )}
        <p>{host.reason}</p>
        {host.state === "unreachable" && host.seen ? (
          <p>It is looked for now and then. A build that is started meanwhile waits for it.</p>
        ) : (
          <WaysToConnect />
        )}
        <AllHosts />
      </div>
    );
  }
  return (
    <div className={styles.details}>
      <h2>{host.name}</h2>
      <dl>
        {hostFacts(host).map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      <AllHosts />
    </div>
  );
}

function AllHosts() {
  return (
    <p>
      <Link href="/hosts">All build hosts</Link>
    </p>
  );
}
