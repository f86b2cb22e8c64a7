"use client";
import { LoaderCircle, Play, Square } from "lucide-react";
import { useEffect, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import styles from "./header-parts.module.css";
import { isUnderWay } from "./use-build";
import { whyNotBuild } from "./why-not";

type Wish = "start" | "stop" | null;

/** Build, or Stop build while one is under way. */
export function BuildButton() {
  const store = useDocumentStore();
  const building = useDocument((state) => isUnderWay(state.build?.summary.status));
  const reason = useDocument(whyNotBuild);
  const [wish, setWish] = useState<Wish>(null);

  // Stopping takes until the build says that it has ended, not only until the server has heard the wish.
  useEffect(() => {
    if (!building) setWish((current) => (current === "stop" ? null : current));
  }, [building]);

  if (building) {
    const stop = () => {
      setWish("stop");
      void store
        .getState()
        .stopBuild()
        .then(() => {
          if (store.getState().buildProblem) setWish(null);
        });
    };
    return (
      <Button
        variant="primary"
        data-testid="build-button"
        data-state="building"
        className={styles.build}
        aria-disabled={wish === "stop"}
        onClick={wish === "stop" ? undefined : stop}
      >
        {wish === "stop" ? <LoaderCircle size={15} className={styles.turning} /> : <Square size={14} />}
        {wish === "stop" ? (
          "Stopping…"
        ) : (
          <span>
            Stop<span className={styles.wide}> build</span>
          </span>
        )}
      </Button>
    );
  }

  const start = () => {
    const { panel, setPanel, startBuild } = store.getState();
    if (panel !== "timeline" && panel !== "logs" && panel !== "sizes") setPanel("timeline");
    setWish("start");
    void startBuild().finally(() => setWish(null));
  };
  const starting = wish === "start";
  return (
    <Tooltip text={reason ?? (starting ? null : "Build the saved Dockerfile")}>
      <Button
        variant="primary"
        data-testid="build-button"
        data-state="idle"
        className={styles.build}
        aria-disabled={reason !== null || starting}
        onClick={reason !== null || starting ? undefined : start}
      >
        {starting ? <LoaderCircle size={15} className={styles.turning} /> : <Play size={15} />}
        {starting ? "Starting…" : "Build"}
        {reason && <span className="visually-hidden">: {reason}</span>}
      </Button>
    </Tooltip>
  );
}
