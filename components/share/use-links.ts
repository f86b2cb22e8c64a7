"use client";
import { useCallback, useEffect, useState } from "react";
import type { LinkView } from "@/lib/share/answers";
import { createLink, inWords, listLinks, revokeLink } from "@/lib/share/client";

export interface Links {
  /** Newest first; null until they have come. */
  links: readonly LinkView[] | null;
  problem: { message: string; hint?: string } | null;
  busy: boolean;
  make(): Promise<void>;
  revoke(token: string): Promise<void>;
}

/** The links of a document, read anew whenever the dialog opens. Where there is none yet, one is made at once. */
export function useLinks(documentId: string, flush: () => Promise<void>): Links {
  const [links, setLinks] = useState<readonly LinkView[] | null>(null);
  const [problem, setProblem] = useState<Links["problem"]>(null);
  const [busy, setBusy] = useState(false);

  const attempt = useCallback(async (deed: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await deed();
    } catch (error) {
      setProblem(inWords(error));
    } finally {
      setBusy(false);
    }
  }, []);

  const make = useCallback(
    () =>
      attempt(async () => {
        // Who opens the link sees what is saved: so save first.
        await flush();
        const link = await createLink(documentId);
        setLinks((known) => [link, ...(known ?? [])]);
      }),
    [attempt, documentId, flush],
  );

  useEffect(() => {
    const gone = new AbortController();
    listLinks(documentId, gone.signal).then(
      (found) => {
        if (gone.signal.aborted) return;
        if (found.length === 0) void make();
        else setLinks([...found].sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0)));
      },
      (error) => gone.signal.aborted || setProblem(inWords(error)),
    );
    return () => gone.abort();
  }, [documentId, make]);

  return {
    links,
    problem,
    busy,
    make,
    revoke: (token) =>
      attempt(async () => {
        await revokeLink(documentId, token);
        setLinks((known) => known?.filter((link) => link.token !== token) ?? null);
      }),
  };
}
