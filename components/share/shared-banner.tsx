"use client";
import { Eye, GitFork } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { inWords } from "@/lib/share/client/request-error";
import styles from "./share.module.css";

/** Says to whoever came by a link what they may do, and offers a copy of their own. */
export function SharedBanner({ token }: { token: string }) {
  const router = useRouter();
  const [forking, setForking] = useState(false);
  const [problem, setProblem] = useState<{ message: string; hint?: string } | null>(null);
  const fork = async () => {
    setForking(true);
    setProblem(null);
    try {
      const { forkShared } = await import("@/lib/share/client");
      const { id } = await forkShared(token);
      router.push(`/d/${id}`);
    } catch (error) {
      setProblem(inWords(error));
      setForking(false);
    }
  };
  return (
    <aside className={styles.banner} aria-label="Shared document">
      <Eye size={15} aria-hidden="true" />
      {problem ? (
        <span role="alert" className={styles.bannerProblem}>
          {problem.message} {problem.hint}
        </span>
      ) : (
        <span>
          Shared with you for viewing. <span className={styles.more}>Fork it to change or build it.</span>
        </span>
      )}
      <Button size="small" disabled={forking} onClick={() => void fork()} data-testid="fork-button">
        <GitFork size={14} aria-hidden="true" />
        {forking ? "Forking…" : "Fork"}
      </Button>
    </aside>
  );
}
