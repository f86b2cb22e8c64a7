"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./cx";
import styles from "./overlay.module.css";

/** A modal dialog with a title; `description` is read out by screen readers with it. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  wide,
  children,
}: {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: ReactNode;
  description?: ReactNode;
  /** For what has several columns. */
  wide?: boolean;
  children?: ReactNode;
}) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          className={cx(styles.dialog, wide && styles.wide)}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <div className={styles.dialogHead}>
            <Radix.Title className={styles.dialogTitle}>{title}</Radix.Title>
            {/* Without a tooltip: the first focus would open it, and it would take the first Escape. */}
            <Radix.Close className={styles.close} aria-label="Close">
              <X size={16} />
            </Radix.Close>
          </div>
          {description && <Radix.Description className={styles.dialogText}>{description}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
