"use client";
import { Link2 } from "lucide-react";
import { useDocument, useFlush } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { buildPath } from "./build-path";
import { LinkRow } from "./link-row";
import styles from "./share.module.css";
import { useLinks } from "./use-links";

/**
 * Makes, copies, lists and revokes the links to a document, and gives them to a build's page where one is named. Mounted
 * while it is open.
 */
export function ShareDialog({ build = null, onClose }: { build?: string | null; onClose(): void }) {
  const id = useDocument((state) => state.id);
  const flush = useFlush();
  const { links, problem, busy, make, revoke } = useLinks(id, flush);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={build === null ? "Share this document" : "Share this build"}
      description={
        build === null
          ? "Whoever has a link can see the stages, the text and its builds, and fork a copy of their own. They can't change or build this one."
          : "Whoever has this link sees the build: what was built, its stages, times, sizes and log. The same link shows the document and its other builds. They can't change or build it."
      }
    >
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem.message} {problem.hint}
        </p>
      )}
      {links === null && !problem && <p className={styles.quiet}>Getting the link…</p>}
      {links?.length === 0 && <p className={styles.quiet}>There is no link yet: only you can open it.</p>}
      {links && links.length > 0 && (
        <ul className={styles.links} aria-label="Links to this document">
          {links.map((link) => (
            <LinkRow
              key={link.token}
              address={new URL(build === null ? link.url : buildPath(link.url, build), location.origin).href}
              busy={busy}
              onRevoke={() => void revoke(link.token)}
            />
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        <Button variant="primary" disabled={busy} onClick={() => void make()} data-testid="make-link">
          <Link2 size={15} aria-hidden="true" />
          {links && links.length > 0 ? "Make another link" : "Make a link"}
        </Button>
      </div>
      {links && links.length > 0 && isLoopback(location.hostname) && (
        <p className={styles.quiet}>
          These addresses work on this machine only. To reach teammates, start Stagecraft with{" "}
          <code>npm start -- --host 0.0.0.0</code> and open it by this machine's name.
        </p>
      )}
    </Dialog>
  );
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}
