"use client";
/** Another name, address or key of a host. What it is reached with is never shown: what is left empty stays. */
import { CircleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Field, Tick } from "@/components/build/options/section";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { editHost, inWords } from "@/lib/share/client";
import { type HostChange, hostChangeSchema, type KnownHost } from "@/lib/share/hosts";
import styles from "./hosts.module.css";
import { TextInput } from "./text-input";
import type { Act } from "./use-hosts";

type Secret = "key" | "certificates";
const WITHOUT: Record<Secret, string> = {
  key: "the agent and keys of the server’s own account",
  certificates: "no TLS",
};

/** What a host of that address may be reached with. */
function secretOf(address: string): Secret | null {
  if (/^ssh:/i.test(address)) return "key";
  return /^(tcp|https?):/i.test(address) ? "certificates" : null;
}

export function HostEdit({ host, act, onLeave }: { host: KnownHost; act: Act; onLeave(): void }) {
  const [name, setName] = useState(host.name);
  const [address, setAddress] = useState("");
  const [secret, setSecret] = useState("");
  const [without, setWithout] = useState(false);
  const [builds, setBuilds] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const kind = secretOf(address.trim() || host.address);
  /** What there is now is for another kind of address, and goes with it. */
  const anew = kind !== secretOf(host.address);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const change = changeOf({ name, was: host.name, address, kind, secret, without, builds });
    if (typeof change === "string") return setProblem(change);
    setBusy(true);
    await editHost(host.id, change).then(
      () => {
        onLeave();
        void act(async () => {});
      },
      (error) => {
        const { message, hint } = inWords(error);
        setProblem(hint ? `${message} ${hint}` : message);
        setBusy(false);
      },
    );
  };
  return (
    <form className={styles.edit} aria-label={`Change ${host.name}`} onSubmit={(event) => void save(event)}>
      <div className={styles.fields}>
        <Field label="Name" hint="Documents that build on it follow.">
          <TextInput value={name} onChange={setName} placeholder={host.name} required maxLength={63} />
        </Field>
        <Field
          label="New address"
          hint={`Empty: it stays ${host.address}${kind === "key" ? ", with its user" : ""}.`}
        >
          <TextInput value={address} onChange={setAddress} placeholder="ssh://me@build.example" />
        </Field>
        {kind !== null && (
          <Field
            label={kind === "key" ? "New key file on the server" : "New certificates on the server"}
            hint={`${kind === "key" ? "" : "Folder with ca.pem, cert.pem and key.pem. "}Empty: ${anew ? WITHOUT[kind] : "as before"}.`}
          >
            <TextInput
              value={secret}
              onChange={setSecret}
              placeholder={kind === "key" ? "/etc/stagecraft/build_ed25519" : "/etc/stagecraft/certificates"}
            />
          </Field>
        )}
        <Field label="Builds at once" hint={"Empty: as many as before."}>
          <TextInput value={builds} onChange={setBuilds} placeholder="2" inputMode="numeric" />
        </Field>
      </div>
      {kind !== null && !anew && (
        <Tick
          label={kind === "key" ? "Without a key file" : "Without TLS"}
          hint={kind === "key" ? "Instead, the agent and keys of the server’s own account." : undefined}
          checked={without}
          onChange={setWithout}
        />
      )}
      <div role="status">
        {problem && (
          <p className={cx(styles.said, styles.bad)}>
            <CircleAlert size={16} />
            {problem}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        <Button onClick={onLeave}>Cancel</Button>
        <Button type="submit" variant="primary" aria-disabled={busy}>
          {busy ? "Saving…" : "Save"}
        </Button>
      </div>
    </form>
  );
}

interface Typed {
  name: string;
  was: string;
  address: string;
  kind: Secret | null;
  secret: string;
  without: boolean;
  builds: string;
}

/** What is to change, or what is wrong with it. */
function changeOf({ name, was, address, kind, secret, without, builds }: Typed): HostChange | string {
  const parsed = hostChangeSchema.safeParse({
    ...(name.trim() !== was && { name: name.trim() }),
    ...(address.trim() && { address: address.trim() }),
    ...(kind !== null && (without || secret.trim()) && { [kind]: without ? null : secret.trim() }),
    ...(builds.trim() && { builds: Number(builds) }),
  });
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  if (first?.path[0] === "builds") return "Builds at once must be a whole number from 1 to 100.";
  return `The ${String(first?.path[0] ?? "setting")} ${first?.message ?? "cannot be used"}.`;
}
