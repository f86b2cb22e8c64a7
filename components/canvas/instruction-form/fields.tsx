"use client";
/** The fields of an instruction's form. Each shows what the text reads as; while one types in it, what one types. */
import { Plus, X } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { flushSync } from "react-dom";
import { IconButton } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import type { Field, FieldValue, Pair } from "@/lib/dockerfile/form";
import { joinPaths, splitPaths } from "../path-list";
import offers from "../suggestions.module.css";
import styles from "./instruction-form.module.css";

interface Props<F extends Field = Field> {
  field: F;
  /** Null once it is in the text; else why that cannot be. */
  write(value: FieldValue): string | null;
  /** Suggestions beside those of the field itself. */
  more?: readonly string[];
}

export function FormField({ field, write, more }: Props) {
  switch (field.kind) {
    case "text":
      return <TextField field={field} write={write} more={more} />;
    case "command":
      return <CommandField field={field} write={write} />;
    case "words":
      return <WordsField field={field} write={write} />;
    case "pairs":
      return <PairsField field={field} write={write} />;
    case "caches":
      return <CachesField field={field} write={write} />;
    case "choice":
      return <ChoiceField field={field} write={write} />;
    case "switch":
      return <SwitchField field={field} write={write} />;
  }
}

type Of<K extends Field["kind"]> = Extract<Field, { kind: K }>;

/** What is typed stays as it is typed until the field is left, also where the text cannot take it yet. */
function useTyped<T>(value: T, write: (value: T) => string | null) {
  const [typed, setTyped] = useState<{ value: T; reason: string | null } | null>(null);
  return {
    value: typed ? typed.value : value,
    reason: typed?.reason ?? null,
    change: (next: T) => setTyped({ value: next, reason: write(next) }),
    leave: () => setTyped(null),
  };
}

function Row({
  id,
  label,
  hint,
  reason,
  suggestions = [],
  onSuggest,
  group,
  onLeave,
  children,
}: {
  id: string;
  label: string;
  hint?: string | undefined;
  reason?: string | null;
  suggestions?: readonly string[];
  onSuggest?(suggestion: string): void;
  /** It labels several inputs. */
  group?: boolean;
  /** The focus has left all of it. */
  onLeave?(): void;
  children: ReactNode;
}) {
  const Label = group ? "span" : "label";
  const whole = group && {
    role: "group",
    "aria-labelledby": `${id}-label`,
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
      if (!currentTarget.contains(relatedTarget)) onLeave?.();
    },
  };
  return (
    <div className={styles.field} {...whole}>
      <Label id={`${id}-label`} {...(!group && { htmlFor: id })} className={styles.label} title={hint}>
        {label}
      </Label>
      <div className={styles.control}>
        {children}
        {suggestions.length > 0 && (
          <fieldset className={offers.suggestions}>
            <legend className="visually-hidden">Suggestions for "{label}"</legend>
            {suggestions.map((suggestion) => (
              <button key={suggestion} type="button" onClick={() => onSuggest?.(suggestion)}>
                {suggestion}
              </button>
            ))}
          </fieldset>
        )}
        {reason && (
          <p className={styles.reason} role="alert">
            {reason}
          </p>
        )}
      </div>
    </div>
  );
}

const INPUT = { spellCheck: false, autoComplete: "off", autoCapitalize: "off" } as const;

function TextField({ field, write, more = [] }: Props<Of<"text">>) {
  const id = useId();
  const [focused, setFocused] = useState(false);
  const typed = useTyped(field.value, (value) => write(value.trim()));
  const all = [...new Set([...more, ...(field.suggestions ?? [])])].filter((each) => each !== typed.value);
  return (
    <Row
      id={id}
      label={field.label}
      hint={field.hint}
      reason={typed.reason}
      suggestions={focused || typed.value === "" ? all.slice(0, 5) : []}
      onSuggest={(value) => {
        typed.leave();
        write(value);
      }}
    >
      <input
        id={id}
        className={styles.input}
        data-field={field.id}
        value={typed.value}
        placeholder={field.id === "from" ? "the build context" : "not set"}
        onFocus={() => setFocused(true)}
        onChange={(event) => typed.change(event.currentTarget.value)}
        onBlur={() => {
          // A press on a suggestion comes after this.
          setTimeout(() => setFocused(false), 200);
          typed.leave();
        }}
        {...INPUT}
      />
    </Row>
  );
}

function WordsField({ field, write }: Props<Of<"words">>) {
  const id = useId();
  const typed = useTyped(joinPaths(field.value), (value) => write(splitPaths(value)));
  const suggestions = (field.suggestions ?? []).filter((each) => !field.value.includes(each));
  return (
    <Row
      id={id}
      label={field.label}
      hint={field.hint ?? "Several are parted by spaces; double quotes keep a space."}
      reason={typed.reason ?? field.beyond ?? null}
      suggestions={field.beyond ? [] : suggestions.slice(0, 5)}
      onSuggest={(value) => {
        typed.leave();
        write([...field.value, value]);
      }}
    >
      <input
        id={id}
        className={styles.input}
        data-field={field.id}
        value={typed.value}
        disabled={field.beyond !== undefined}
        onChange={(event) => typed.change(event.currentTarget.value)}
        onBlur={typed.leave}
        {...INPUT}
      />
    </Row>
  );
}

function CommandField({ field, write }: Props<Of<"command">>) {
  const id = useId();
  const typed = useTyped(field.value, write);
  return (
    <Row id={id} label={field.label} hint={field.hint} reason={typed.reason}>
      <textarea
        id={id}
        className={cx(styles.input, styles.area)}
        data-field={field.id}
        rows={Math.min(8, typed.value.split("\n").length)}
        value={typed.value}
        onChange={(event) => typed.change(event.currentTarget.value)}
        onKeyDown={(event) => continueLine(event, typed.change)}
        onBlur={typed.leave}
        {...INPUT}
      />
    </Row>
  );
}

/** Enter goes on in the next line, as a command does: with the line continued, and the next one indented. */
function continueLine(event: KeyboardEvent<HTMLTextAreaElement>, change: (value: string) => void): void {
  if (event.key !== "Enter" || event.metaKey || event.ctrlKey || event.nativeEvent.isComposing) return;
  const area = event.currentTarget;
  const { value, selectionStart: start, selectionEnd: end } = area;
  const heredoc = /<<-?["']?\w/.test(value);
  const before = value.slice(0, start);
  if (heredoc || /\\[ \t]*$/.test(before)) return;
  event.preventDefault();
  const gap = before === "" || /\s$/.test(before) ? "" : " ";
  const written = `${gap}\\\n    `;
  // At once: the next letter may come before the next frame, and must find the cursor where it belongs.
  flushSync(() => change(before + written + value.slice(end)));
  area.setSelectionRange(start + written.length, start + written.length);
}

function PairsField({ field, write }: Props<Of<"pairs">>) {
  const id = useId();
  const typed = useTyped<readonly Pair[]>(field.value, (pairs) => {
    const named = pairs.filter(({ name }) => name.trim() !== "");
    return write(named.map(({ name, value }) => ({ name: name.trim(), value })));
  });
  const pairs = typed.value;
  const change = (index: number, part: Partial<Pair>) =>
    typed.change(pairs.map((pair, at) => (at === index ? { ...pair, ...part } : pair)));
  return (
    <Row id={id} label={field.label} hint={field.hint} reason={typed.reason} onLeave={typed.leave} group>
      {pairs.map((pair, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pair is its place; its name changes under the hand
        <div key={index} className={styles.pair}>
          <input
            className={styles.input}
            aria-label={`Name ${index + 1}`}
            data-field={index === 0 ? field.id : undefined}
            placeholder="name"
            value={pair.name}
            onChange={(event) => change(index, { name: event.currentTarget.value })}
            {...INPUT}
          />
          <span aria-hidden="true">=</span>
          <input
            className={styles.input}
            aria-label={`Value of ${pair.name || `name ${index + 1}`}`}
            placeholder={field.optional ? "no default" : "value"}
            value={pair.value ?? ""}
            onChange={(event) => {
              const { value } = event.currentTarget;
              change(index, { value: value === "" && field.optional ? null : value });
            }}
            {...INPUT}
          />
          {pairs.length > 1 && (
            <IconButton
              label={`Remove ${pair.name || "it"}`}
              className={styles.small}
              onClick={() => typed.change(pairs.filter((_, at) => at !== index))}
            >
              <X size={14} />
            </IconButton>
          )}
        </div>
      ))}
      <AddButton onClick={() => typed.change([...pairs, { name: "", value: field.optional ? null : "" }])}>
        Add another
      </AddButton>
    </Row>
  );
}

function CachesField({ field, write }: Props<Of<"caches">>) {
  const id = useId();
  const typed = useTyped<readonly string[]>(field.value, (targets) =>
    write(targets.filter((target) => target.trim() !== "").map((target) => target.trim())),
  );
  const targets = typed.value;
  return (
    <Row
      id={id}
      label={field.label}
      hint={field.hint}
      reason={typed.reason}
      suggestions={field.suggestions.map(({ target }) => target)}
      onSuggest={(target) => {
        typed.leave();
        write([...field.value, target]);
      }}
      onLeave={typed.leave}
      group
    >
      {targets.map((target, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a directory is its place; its path changes under the hand
        <div key={index} className={styles.pair}>
          <input
            className={styles.input}
            aria-label={`Directory ${index + 1}`}
            placeholder="/root/.cache"
            value={target}
            onChange={(event) => {
              const { value } = event.currentTarget;
              typed.change(targets.map((each, at) => (at === index ? value : each)));
            }}
            {...INPUT}
          />
          <IconButton
            label={`Remove ${target || "it"}`}
            className={styles.small}
            onClick={() => {
              typed.leave();
              write(targets.filter((each, at) => at !== index && each !== ""));
            }}
          >
            <X size={14} />
          </IconButton>
        </div>
      ))}
      {targets.at(-1) !== "" && (
        <AddButton onClick={() => typed.change([...targets, ""])}>Add a directory</AddButton>
      )}
    </Row>
  );
}

function AddButton({ onClick, children }: { onClick(): void; children: ReactNode }) {
  return (
    <button type="button" className={styles.add} onClick={onClick}>
      <Plus size={13} aria-hidden="true" /> {children}
    </button>
  );
}

function ChoiceField({ field, write }: Props<Of<"choice">>) {
  const id = useId();
  const [reason, setReason] = useState<string | null>(null);
  return (
    <Row id={id} label={field.label} reason={reason ?? field.beyond ?? null} group>
      <div className={styles.choices}>
        {field.choices.map(({ value, label }) => (
          <label key={value} className={styles.choice}>
            <input
              type="radio"
              name={id}
              checked={field.value === value}
              disabled={field.beyond !== undefined && field.value !== value}
              onChange={() => setReason(write(value))}
            />
            {label}
          </label>
        ))}
      </div>
      {field.hint && <p className={styles.hint}>{field.hint}</p>}
    </Row>
  );
}

function SwitchField({ field, write }: Props<Of<"switch">>) {
  const id = useId();
  return (
    <Row id={id} label={field.label}>
      <div className={styles.choice}>
        <input
          id={id}
          type="checkbox"
          aria-describedby={`${id}-hint`}
          checked={field.value}
          onChange={(event) => write(event.currentTarget.checked)}
        />
        <span id={`${id}-hint`} className={styles.hint}>
          {field.hint}
        </span>
      </div>
    </Row>
  );
}
