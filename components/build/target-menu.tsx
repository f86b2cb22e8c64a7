"use client";
import { ChevronDown, Target } from "lucide-react";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "@/components/ui/menu";
import styles from "./header-parts.module.css";
import { useStageLabels } from "./use-build";

/** What a build makes: every stage, or what one stage needs. */
export function TargetMenu() {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const labels = useStageLabels();
  const { target, everyStage, noCache } = useDocument((state) => state.options);
  const label =
    target !== null
      ? (labels[target] ?? "missing stage")
      : everyStage
        ? "every stage"
        : (labels.at(-1) ?? "the last stage");
  const choose = (value: string) => {
    store
      .getState()
      .setOptions(
        value === "every" ? { target: null, everyStage: true } : { target: Number(value), everyStage: false },
      );
  };
  const value = target !== null ? String(target) : everyStage ? "every" : String(labels.length - 1);
  return (
    <Menu
      align="end"
      trigger={
        <Button
          className={styles.target}
          aria-label={`Build: ${label}${noCache ? ", without the cache" : ""}`}
        >
          <Target size={15} aria-hidden="true" />
          <span className={styles.wide}>
            Build: <b className={styles.targetName}>{label}</b>
          </span>
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      }
    >
      <MenuChoice
        value={value}
        onChange={choose}
        choices={[
          { value: "every", label: "Every stage", note: "with all sizes" },
          ...labels.map((stage, index) => ({
            value: String(index),
            label: <code>{stage}</code>,
            note: index === labels.length - 1 ? "the last" : undefined,
          })),
        ]}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => store.getState().setOptions({ noCache: !noCache })}>
        {noCache ? "Use the cache again" : "Build without the cache"}
      </MenuItem>
      <MenuItem onSelect={() => canvas.getState().change({ overlay: { kind: "options" } })}>
        Build options…
      </MenuItem>
    </Menu>
  );
}
