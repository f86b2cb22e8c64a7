"use client";
/** Every build host: how it is, what it can do, what it has to do; and, for whoever may, adding, changing and removing them. */
import { Plus } from "lucide-react";
import { useState } from "react";
import { WaysToConnect } from "@/components/build/ways-to-connect";
import { Trouble } from "@/components/start/trouble";
import { Button } from "@/components/ui/button";
import { Logo } from "@/components/ui/logo-link";
import { ThemeButton } from "@/components/ui/theme-button";
import { HostCard } from "./host-card";
import { HostForm } from "./host-form";
import styles from "./hosts.module.css";
import { useHosts } from "./use-hosts";

export function HostsPage() {
  const { list, problem, reload, act } = useHosts();
  const [adding, setAdding] = useState(false);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Logo />
        <b>Stagecraft</b>
        <ThemeButton />
      </header>
      <main className={styles.main}>
        <div className={styles.title}>
          <h1>Build hosts</h1>
          {list?.mayManage && (
            <Button variant="primary" aria-expanded={adding} onClick={() => setAdding(!adding)}>
              <Plus size={15} aria-hidden="true" />
              Add a host
            </Button>
          )}
        </div>
        <p className={styles.lead}>
          Where builds run. A document builds on the default host unless its build options name another; each
          host has a line of its own.
        </p>
        {problem && <Trouble {...problem} />}
        {adding && (
          <HostForm
            onAdded={() => {
              setAdding(false);
              void reload();
            }}
            onLeave={() => setAdding(false)}
          />
        )}
        {list === null && !problem && <p className={styles.lead}>Asking the hosts…</p>}
        {list?.hosts.length === 0 && (
          <section className={styles.none}>
            <h2>No build host</h2>
            <p>{list.reason}</p>
            <WaysToConnect />
          </section>
        )}
        <ul className={styles.hosts}>
          {list?.hosts.map((host) => (
            <HostCard
              key={host.id}
              host={host}
              isDefault={host.id === list.default}
              mayManage={list.mayManage}
              act={act}
            />
          ))}
        </ul>
        {list && !list.mayManage && (
          <p className={styles.lead}>Hosts are set up by whoever runs this server.</p>
        )}
      </main>
    </div>
  );
}
