"use client";
import { Ellipsis } from "lucide-react";
import { cx } from "@/components/ui/cx";
import { useCanvasState, useCanvasStore } from "../canvas-state";
import styles from "./card-menu.module.css";

/** Opens the menu of a card. */
export function MenuButton({ node, label, className }: { node: string; label: string; className?: string }) {
  const canvas = useCanvasStore();
  const open = useCanvasState((s) => s.menu?.node === node);
  return (
    <button
      type="button"
      className={cx(styles.button, className, "nodrag nopan")}
      aria-label={`Commands for ${label}`}
      title={`Commands for ${label}`}
      aria-haspopup="menu"
      aria-expanded={open}
      data-testid="card-menu-button"
      tabIndex={-1}
      onClick={(event) => {
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        canvas.getState().change({ menu: open ? null : { node, label, x: left, y: bottom } });
      }}
    >
      <Ellipsis size={15} aria-hidden="true" />
    </button>
  );
}
