"use client";
/** What a stage is for, written where BuildKit reads it: the comment above its FROM. */
import { useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import { stageIndex } from "../build-view";
import { useCanvasStore } from "../canvas-state";
import { focusNode } from "../focus";
import styles from "./base-picker.module.css";
import { BesidePopover } from "./beside-popover";
import type { Choosing } from "./choosing";

export function DescriptionField({ choosing }: { choosing: Extract<Choosing, { kind: "describe" }> }) {
  const { stage: id, beside } = choosing;
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const stage = useDocument((s) => s.graph.stages.find((each) => each.id === id));
  const [text, setText] = useState(stage?.comment ?? "");
  const [refusal, setRefusal] = useState<string | null>(null);
  const close = () => canvas.getState().change({ choosing: null });
  if (!stage) return null;
  return (
    <BesidePopover
      label={`Description of ${stage.label}`}
      testId="description"
      beside={beside}
      onClose={close}
      onLeave={(event) => {
        event.preventDefault();
        focusNode(id);
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const { apply, stageIds } = store.getState();
          const result = apply({
            type: "describeStage",
            stage: stageIndex(stageIds, id),
            text: text.trim() || null,
          });
          if (result.ok) close();
          else setRefusal(result.reason);
        }}
      >
        <div className={styles.title}>
          What is <code>{stage.label}</code> for? Written as a comment above its FROM.
        </div>
        <div className={styles.line}>
          <input
            className={styles.input}
            value={text}
            aria-label={`Description of ${stage.label}`}
            placeholder="compiles the program"
            onChange={(event) => {
              setText(event.currentTarget.value);
              setRefusal(null);
            }}
          />
          <Button type="submit" variant="primary" size="small">
            Done
          </Button>
        </div>
        {refusal && (
          <p className={styles.note} role="alert">
            {refusal}
          </p>
        )}
      </form>
    </BesidePopover>
  );
}
