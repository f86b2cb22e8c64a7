"use client";
import { Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { timeAgo } from "@/components/start/time-ago";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Dialog } from "@/components/ui/dialog";
import { formatBytes, formatCount } from "@/lib/build/format";
import { checkHost, removeHost, setDefaultHost } from "@/lib/share/client";
import type { HostList } from "@/lib/share/hosts";
import { HostEdit } from "./host-edit";
import { hostFacts, shortVersion, sourceWords } from "./host-facts";
import styles from "./hosts.module.css";
import type { Act } from "./use-hosts";

type Listed = HostList["hosts"][number];

/** One host: its state in a word and a dot, then what it is, then what can be done with it. */
export function HostCard({
  host,
  isDefault,
  mayManage,
  act,
}: {
  host: Listed;
  isDefault: boolean;
  mayManage: boolean;
  act: Act;
}) {
  const [checking, setChecking] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [changing, setChanging] = useState(false);
  const ready = host.state === "ready";
  const check = () => {
    setChecking(true);
    void act(() => checkHost(host.id)).finally(() => setChecking(false));
  };
  return (
    <li className={styles.host} data-testid={`host-${host.id}`} data-state={host.state}>
      <div className={styles.head}>
        <h2>{host.name}</h2>
        {isDefault && <span className={styles.badge}>default</span>}
        <span className={cx(styles.state, ready ? styles.ready : styles.away)} role="status">
          <i aria-hidden="true" />
          {ready ? "reachable" : "not reachable"} since {sinceWords(host.since)}
        </span>
      </div>
      {ready ? (
        <>
          <p className={styles.line}>
            Engine {shortVersion(host.engine)} · {host.platform} · {host.store}
            {host.disk && ` · ${formatBytes(host.disk.free)} free`} · {loadWords(host)}
          </p>
          <details>
            <summary>All about it</summary>
            <dl className={styles.facts}>
              {hostFacts(host).map(([term, fact]) => (
                <div key={term}>
                  <dt>{term}</dt>
                  <dd>{fact}</dd>
                </div>
              ))}
            </dl>
          </details>
        </>
      ) : (
        <p className={styles.line}>
          <code>{host.address}</code> {host.reason}
          {host.waiting + host.running > 0 &&
            ` ${formatCount(host.waiting + host.running, "build")} wait for it.`}
        </p>
      )}
      <div className={styles.actions}>
        <span className={styles.source}>{sourceWords(host)}</span>
        <Button size="small" aria-disabled={checking} onClick={checking ? undefined : check}>
          <RefreshCw size={13} aria-hidden="true" />
          {checking ? "Asking…" : "Check now"}
        </Button>
        {mayManage && !isDefault && (
          <Button size="small" onClick={() => void act(() => setDefaultHost(host.id))}>
            Make it the default
          </Button>
        )}
        {mayManage && host.source === "page" && (
          <Button size="small" aria-expanded={changing} onClick={() => setChanging(!changing)}>
            <Pencil size={13} aria-hidden="true" />
            Change
          </Button>
        )}
        {mayManage && host.source === "page" && (
          <Button size="small" variant="danger" onClick={() => setLeaving(true)}>
            <Trash2 size={13} aria-hidden="true" />
            Remove
          </Button>
        )}
      </div>
      {changing && <HostEdit host={host} act={act} onLeave={() => setChanging(false)} />}
      <Dialog
        open={leaving}
        onOpenChange={setLeaving}
        title={`Remove ${host.name}?`}
        description="Nothing on the host itself is touched. Documents that build on it need another host; images that were built stay there."
      >
        <div className={styles.actions}>
          <Button onClick={() => setLeaving(false)}>Keep it</Button>
          <Button
            variant="danger"
            onClick={() => {
              setLeaving(false);
              void act(() => removeHost(host.id));
            }}
          >
            Remove the host
          </Button>
        </div>
      </Dialog>
    </li>
  );
}

function loadWords({ running, waiting }: Listed): string {
  if (running === 0) return "idle";
  return waiting === 0 ? `${running} building` : `${running} building, ${waiting} in line`;
}

/** "14:05" today, else "3 days ago". */
function sinceWords(since: number): string {
  const now = Date.now();
  if (now - since > 12 * 3_600_000) return timeAgo(since, now);
  return new Date(since).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
