"use client";
import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import styles from "./overlay.module.css";

export const TooltipProvider = Radix.Provider;

/** Says in words what an icon or a shortened text stands for. The child must take a ref and props (a DOM element). */
export function Tooltip({
  text,
  side = "bottom",
  children,
}: {
  text: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
}) {
  if (!text) return children;
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.tooltip} side={side} sideOffset={6} collisionPadding={8}>
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
