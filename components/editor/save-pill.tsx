"use client";
import { Check, CloudOff, CloudUpload, TriangleAlert } from "lucide-react";
import { Tooltip } from "@/components/ui/tooltip";
import type { SaveState } from "@/lib/store/types";
import { useDocument } from "./document-context";
import styles from "./editor.module.css";

const SAYS: Record<SaveState, { text: string; Icon: typeof Check }> = {
  saved: { text: "Saved", Icon: Check },
  saving: { text: "Saving", Icon: CloudUpload },
  offline: { text: "Not saved yet", Icon: CloudOff },
  refused: { text: "Not saved", Icon: TriangleAlert },
};

export function SavePill() {
  const save = useDocument((state) => state.save);
  const problem = useDocument((state) => state.saveProblem);
  const { text, Icon } = SAYS[save];
  return (
    <Tooltip text={save === "offline" ? `${problem ?? ""} It is kept in this tab and tried again.` : problem}>
      <span className={styles.savePill} data-save={save} role="status">
        <Icon size={14} aria-hidden="true" />
        <span>{text}</span>
      </span>
    </Tooltip>
  );
}
