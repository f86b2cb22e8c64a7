"use client";
import type { ComponentProps, ReactNode } from "react";
import styles from "./button.module.css";
import { cx } from "./cx";
import { Tooltip } from "./tooltip";

export { Button } from "./plain-button";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label"> & {
  /** What it does: its accessible name and its tooltip. */
  label: string;
  /** The key that does the same, as people read it. */
  shortcut?: string;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
};

export function IconButton({ label, shortcut, side, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={shortcut ? `${label} (${shortcut})` : label} side={side}>
      <button type="button" aria-label={label} className={cx(styles.icon, className)} {...rest} />
    </Tooltip>
  );
}

type IconLinkProps = Omit<ComponentProps<"a">, "aria-label"> & {
  href: string;
  label: string;
  /** The tooltip, where more is to be said than the name. */
  text?: string;
  side?: IconButtonProps["side"];
};

/** Looks as an `IconButton`, and leads to a page or a file. */
export function IconLink({ href, label, text = label, side, className, ...rest }: IconLinkProps) {
  return (
    <Tooltip text={text} side={side}>
      <a href={href} aria-label={label} className={cx(styles.icon, className)} {...rest} />
    </Tooltip>
  );
}
