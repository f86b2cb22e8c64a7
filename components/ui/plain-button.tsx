"use client";
/** Apart from the buttons with a tooltip: what only says that there is no page need not bring that along. */
import type { ComponentProps } from "react";
import styles from "./button.module.css";
import { cx } from "./cx";

type ButtonProps = ComponentProps<"button"> & {
  variant?: "plain" | "primary" | "quiet" | "danger";
  size?: "small" | "medium";
};

export function Button({ variant = "plain", size = "medium", className, ...rest }: ButtonProps) {
  return (
    <button type="button" className={cx(styles.button, styles[variant], styles[size], className)} {...rest} />
  );
}
