"use client";
/** A small panel beside a card or a point of the window; keys pressed in it are its own. */
import { Popover } from "radix-ui";
import { type ReactNode, useMemo } from "react";
import { nodeElement } from "../focus";
import styles from "./base-picker.module.css";
import { type Beside, rectOf } from "./choosing";

interface Props {
  label: string;
  testId: string;
  beside: Beside;
  onClose(): void;
  /** When it goes, and the focus with it. */
  onLeave?(event: Event): void;
  children: ReactNode;
}

export function BesidePopover({ label, testId, beside, onClose, onLeave, children }: Props) {
  const anchor = useMemo(
    () => ({ current: { getBoundingClientRect: () => rectOf(beside, nodeElement) } }),
    [beside],
  );
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className={styles.panel}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          updatePositionStrategy="always"
          aria-label={label}
          data-testid={testId}
          onCloseAutoFocus={onLeave}
          onKeyDown={(event) => event.stopPropagation()}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
