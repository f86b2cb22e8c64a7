"use client";
import { type Ref, useId, useState } from "react";
import { cx } from "@/components/ui/cx";
import offers from "../suggestions.module.css";
import styles from "./edge-panel.module.css";

/** More would hide what is typed; what is typed narrows them down. */
const MOST = 5;

/** A line to type in, with what is likely one press away. */
export function Field(props: {
  label: string;
  value: string;
  onChange(value: string): void;
  suggestions?: readonly string[];
  placeholder?: string;
  /** What it is, where the label is too short to say. */
  title?: string;
  fieldRef?: Ref<HTMLInputElement>;
}) {
  const { label, value, onChange, suggestions = [], placeholder, title, fieldRef } = props;
  const id = useId();
  const [first] = useState(value);
  const others = suggestions.filter((suggestion) => suggestion !== value);
  const typed = value === first ? [] : others.filter((suggestion) => suggestion.includes(value));
  const shown = (typed.length > 0 ? typed : others).slice(0, MOST);
  return (
    <div className={styles.field}>
      <label htmlFor={id} title={title}>
        {label}
      </label>
      <input
        id={id}
        ref={fieldRef}
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
      />
      {shown.length > 0 && (
        <fieldset className={cx(offers.suggestions, styles.suggestions)}>
          <legend className="visually-hidden">Suggestions for "{label}"</legend>
          {shown.map((suggestion) => (
            <button key={suggestion} type="button" onClick={() => onChange(suggestion)}>
              {suggestion}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}

export function Check(props: { label: string; note: string; checked: boolean; onChange(on: boolean): void }) {
  const { label, note, checked, onChange } = props;
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <code>{label}</code>
      <span>{note}</span>
    </label>
  );
}
