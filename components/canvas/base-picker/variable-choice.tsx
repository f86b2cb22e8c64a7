"use client";
/** An image comes from a variable: change the variable's default, or write the image in its place? */
import type { Replacement } from "@/lib/graph/replace-image";
import styles from "./base-picker.module.css";
import { BesidePopover } from "./beside-popover";
import type { Beside } from "./choosing";

export function VariableChoice(props: {
  to: string;
  replacement: Replacement;
  refusal: string | null;
  beside: Beside;
  onChoose(way: "argument" | "text"): void;
  onClose(): void;
}) {
  const { to, replacement, refusal, beside, onChoose, onClose } = props;
  const args = new Map(replacement.variable.flatMap(({ arg }) => (arg ? [[arg.index, arg] as const] : [])));
  const lines = replacement.variable.map(({ line }) => line);
  const where = `line${lines.length > 1 ? "s" : ""} ${lines.join(", ")}`;
  return (
    <BesidePopover
      label="The image comes from an ARG"
      testId="variable-choice"
      beside={beside}
      onClose={onClose}
    >
      <div className={styles.title}>
        {replacement.variable.map(({ stage, line, text, arg }) => (
          <div key={stage}>
            Line {line}, <code>FROM {text}</code>,{" "}
            {arg ? `gets it from ARG ${arg.name} on line ${arg.line}.` : "is made of variables."}
          </div>
        ))}
      </div>
      <div className={styles.options}>
        <button type="button" className={styles.option} onClick={() => onChoose("argument")}>
          {[...args.values()].map(({ index, name, value }) => (
            <span key={index}>
              Change the default: <code>{`ARG ${name}=${value}`}</code>
            </span>
          ))}
          <small>Holds for all that take it, and a build argument still comes first.</small>
        </button>
        <button type="button" className={styles.option} onClick={() => onChoose("text")}>
          <span>
            Write it into the FROM: <code>{to}</code>
          </span>
          <small>On {where}; the variable is not asked there any more.</small>
        </button>
      </div>
      {refusal && (
        <p className={styles.note} role="alert">
          {refusal}
        </p>
      )}
    </BesidePopover>
  );
}
