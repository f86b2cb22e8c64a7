"use client";
/** Which instruction to write: all that may stand in a stage, each with what it is for, found by typing. */
import { Command } from "cmdk";
import { purposeOf, WRITABLE } from "@/lib/dockerfile/form";
import styles from "./instruction-form.module.css";

export function InstructionPicker({
  onPick,
  onText,
}: {
  onPick(keyword: string): void;
  /** Somebody types the instruction itself. */
  onText(text: string): void;
}) {
  return (
    <Command label="Instruction" loop className={styles.picker}>
      <Command.Input
        autoFocus
        className={styles.input}
        placeholder="RUN, COPY, ENV… or type the whole line"
        onValueChange={(value) => {
          const [keyword] = /^[a-z]+(?= )/i.exec(value) ?? [];
          if (keyword && WRITABLE.includes(keyword.toUpperCase())) onText(value);
        }}
        onPaste={(event) => {
          const text = event.clipboardData.getData("text/plain");
          if (!text.includes(" ")) return;
          event.preventDefault();
          onText(text);
        }}
      />
      <Command.List className={styles.options}>
        <Command.Empty className={styles.hint}>No instruction is called that.</Command.Empty>
        {WRITABLE.map((keyword) => (
          <Command.Item
            key={keyword}
            value={keyword}
            keywords={[purposeOf(keyword)]}
            className={styles.option}
            onSelect={() => onPick(keyword)}
          >
            <span className={styles.keyword}>{keyword}</span>
            <span className={styles.explanation}>{purposeOf(keyword)}</span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
