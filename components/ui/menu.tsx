"use client";
import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import styles from "./overlay.module.css";

/** A menu behind a button. The trigger must be one element that takes a ref. */
export function Menu({
  trigger,
  children,
  align = "end",
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.menu} align={align} sideOffset={6} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A menu at a place of the window, in pixels, where something was pressed that is no button. */
export function MenuAt({
  at,
  label,
  onClose,
  onReturnFocus,
  children,
}: {
  at: { x: number; y: number };
  /** Its accessible name. */
  label: string;
  onClose(): void;
  /** Gives the focus back, once the menu is gone. */
  onReturnFocus(): void;
  children: ReactNode;
}) {
  return (
    <Radix.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Radix.Trigger asChild>
        <span style={{ position: "fixed", left: at.x, top: at.y }} aria-hidden="true" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className={styles.menu}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          aria-label={label}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onReturnFocus();
          }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  onSelect,
  disabled,
  children,
  shortcut,
}: {
  onSelect(): void;
  disabled?: boolean;
  children: ReactNode;
  shortcut?: string;
}) {
  return (
    <Radix.Item className={styles.item} onSelect={onSelect} disabled={disabled}>
      {children}
      {shortcut && <span className={styles.shortcut}>{shortcut}</span>}
    </Radix.Item>
  );
}

export function MenuChoice({
  value,
  onChange,
  choices,
}: {
  value: string;
  onChange(value: string): void;
  choices: { value: string; label: ReactNode; note?: ReactNode }[];
}) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChange}>
      {choices.map((choice) => (
        <Radix.RadioItem key={choice.value} value={choice.value} className={styles.item}>
          <span className={styles.tick}>
            <Radix.ItemIndicator>
              <Check size={14} />
            </Radix.ItemIndicator>
          </span>
          {choice.label}
          {choice.note && <span className={styles.shortcut}>{choice.note}</span>}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className={styles.separator} />;
}
