"use client";
import { CircleAlert, CircleCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Field } from "@/components/build/options/section";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { addHost, inWords, testHost } from "@/lib/share/client";
import { type HostSetting, type HostView, hostSettingSchema } from "@/lib/share/hosts";
import { shortVersion } from "./host-facts";
import styles from "./hosts.module.css";
import { TextInput } from "./text-input";

type Said = { good: boolean; text: string };

/** A new host: its name, its address, and where on the server the key or the certificates lie. */
export function HostForm({ onAdded, onLeave }: { onAdded(): void; onLeave(): void }) {
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const [secret, setSecret] = useState("");
  const [builds, setBuilds] = useState("");
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState<"test" | "add" | null>(null);
  const ssh = /^ssh:/i.test(address.trim());
  const tcp = /^(tcp|https?):/i.test(address.trim());

  const attempt = async (wish: "test" | "add") => {
    const setting = settingOf({ name, address, secret: ssh || tcp ? secret : "", builds, ssh });
    if ("problem" in setting) return setSaid({ good: false, text: setting.problem });
    setBusy(wish);
    setSaid(null);
    try {
      if (wish === "test") setSaid(answerOf(await testHost(setting)));
      else {
        await addHost(setting);
        onAdded();
      }
    } catch (error) {
      const { message, hint } = inWords(error);
      setSaid({ good: false, text: hint ? `${message} ${hint}` : message });
    } finally {
      setBusy(null);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) void attempt("add");
  };
  const field = (value: string, set: (value: string) => void, placeholder: string) => ({
    value,
    placeholder,
    onChange: (text: string) => {
      set(text);
      setSaid(null);
    },
  });
  return (
    <form className={styles.form} aria-label="A new build host" onSubmit={submit}>
      <div className={styles.fields}>
        <Field label="Name" hint="What it is called here.">
          <TextInput {...field(name, setName, "build-01")} required maxLength={63} />
        </Field>
        <Field label="Address" hint="unix:///path/to/docker.sock, tcp://HOST:2376 or ssh://USER@HOST">
          <TextInput {...field(address, setAddress, "ssh://me@build.example")} required />
        </Field>
        {ssh && (
          <Field label="Key file on the server" hint="Empty: the agent and keys of the server’s own account.">
            <TextInput {...field(secret, setSecret, "/etc/stagecraft/build_ed25519")} />
          </Field>
        )}
        {tcp && (
          <Field
            label="Certificates on the server"
            hint="Folder with ca.pem, cert.pem and key.pem. Empty: no TLS."
          >
            <TextInput {...field(secret, setSecret, "/etc/stagecraft/certificates")} />
          </Field>
        )}
        <Field label="Builds at once" hint="Empty: as many as the server says for all.">
          <TextInput {...field(builds, setBuilds, "2")} inputMode="numeric" />
        </Field>
      </div>
      <p className={styles.warning}>
        Whoever may build here commands that host like root. Keys stay on the server: only their paths are
        given, and no page ever shows them again.
      </p>
      <div role="status">
        {said && (
          <p className={cx(styles.said, said.good ? styles.good : styles.bad)}>
            {said.good ? <CircleCheck size={16} /> : <CircleAlert size={16} />}
            {said.text}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        <Button onClick={onLeave}>Cancel</Button>
        <Button aria-disabled={busy !== null} onClick={busy ? undefined : () => void attempt("test")}>
          {busy === "test" ? "Testing…" : "Test the connection"}
        </Button>
        <Button type="submit" variant="primary" aria-disabled={busy !== null}>
          {busy === "add" ? "Adding…" : "Add the host"}
        </Button>
      </div>
    </form>
  );
}

function settingOf(form: {
  name: string;
  address: string;
  secret: string;
  builds: string;
  ssh: boolean;
}): HostSetting | { problem: string } {
  const secret = form.secret.trim();
  const parsed = hostSettingSchema.safeParse({
    name: form.name.trim(),
    address: form.address.trim(),
    ...(secret && (form.ssh ? { key: secret } : { certificates: secret })),
    ...(form.builds.trim() && { builds: Number(form.builds) }),
  });
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const field = String(first?.path[0] ?? "");
  const label = field === "builds" ? "Builds at once" : field.charAt(0).toUpperCase() + field.slice(1);
  const what = field === "builds" ? "must be a whole number from 1 to 100" : first?.message;
  return {
    problem: form.name.trim() && form.address.trim() ? `${label}: ${what}.` : "Give a name and an address.",
  };
}

function answerOf(view: HostView): Said {
  if (view.state !== "ready") return { good: false, text: `It cannot be reached. ${view.reason}` };
  return {
    good: true,
    text: `It answers: Docker Engine ${shortVersion(view.engine)} on ${view.platform}, and builds can run there.`,
  };
}
