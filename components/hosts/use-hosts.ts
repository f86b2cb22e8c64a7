"use client";
import { useCallback, useEffect, useState } from "react";
import { inWords, listHosts } from "@/lib/share/client";
import type { HostList } from "@/lib/share/hosts";

/** How often the list is asked for, in milliseconds: the server answers from what it knows. */
const EVERY = 3_000;

export type Act = (deed: () => Promise<unknown>) => Promise<void>;

/** The hosts, kept up to date; `act` does something to them and shows what came of it. */
export function useHosts(): {
  list: HostList | null;
  problem: { message: string; hint?: string } | null;
  reload(): Promise<void>;
  act: Act;
} {
  const [list, setList] = useState<HostList | null>(null);
  const [problem, setProblem] = useState<{ message: string; hint?: string } | null>(null);

  const reload = useCallback(
    () =>
      listHosts().then(setList, (error) => {
        setProblem(inWords(error));
      }),
    [],
  );
  useEffect(() => {
    void reload();
    const timer = setInterval(() => void reload(), EVERY);
    return () => clearInterval(timer);
  }, [reload]);

  const act: Act = useCallback(
    async (deed) => {
      setProblem(null);
      await deed().catch((error) => setProblem(inWords(error)));
      await reload();
    },
    [reload],
  );
  return { list, problem, reload, act };
}
