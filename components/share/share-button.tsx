"use client";
import { Share2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import styles from "./share.module.css";
import { ShareDialog } from "./share-dialog";

export function ShareButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="share-button" aria-haspopup="dialog" title="Share">
        <Share2 size={15} aria-hidden="true" />
        <span className={styles.label}>Share</span>
      </Button>
      {open && <ShareDialog onClose={() => setOpen(false)} />}
    </>
  );
}
