"use client";
/** Entries with a name and a value, a row each: what is complete and right counts, the rest says what is missing. */
import { Plus, X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import styles from "./options.module.css";

interface Row {
  key: number;
  name: string;
  value: string;
}

export interface PairListProps {
  entries: Readonly<Record<string, string>>;
  onChange(entries: Record<string, string>): void;
  /** What one entry is called: "build argument". */
  noun: string;
  namePlaceholder: string;
  valuePlaceholder: string;
  /** Null where the two are right. */
  problem(name: string, value: string): string | null;
  /** Names to choose from. */
  names?: readonly string[];
}

export function PairList(props: PairListProps) {
  const { entries, onChange, noun, namePlaceholder, valuePlaceholder, problem, names } = props;
  const nextKey = useRef(0);
  const toRows = (from: PairListProps["entries"]): Row[] =>
    Object.entries(from).map(([name, value]) => ({ key: nextKey.current++, name, value }));
  const [rows, setRows] = useState(() => toRows(entries));
  const suggestions = useId();
  const told = useRef(entries);

  // Changed by somebody else: undo, another tab, a reset.
  useEffect(() => {
    if (same(entries, told.current)) return;
    told.current = entries;
    setRows(Object.entries(entries).map(([name, value]) => ({ key: nextKey.current++, name, value })));
  }, [entries]);

  const problemOf = ({ key, name, value }: Row): string | null => {
    if (name === "") return null;
    if (rows.some((row) => row.key !== key && row.name === name)) return `${name} is there twice.`;
    return problem(name, value);
  };
  const change = (next: Row[]) => {
    setRows(next);
    const complete = next.filter(
      ({ key, name, value }) =>
        name !== "" &&
        problem(name, value) === null &&
        !next.some((row) => row.name === name && row.key < key),
    );
    const told_ = Object.fromEntries(complete.map(({ name, value }) => [name, value]));
    if (same(told_, told.current)) return;
    told.current = told_;
    onChange(told_);
  };
  const edit = (key: number, part: Partial<Row>) =>
    change(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));

  return (
    <div className={styles.list}>
      {rows.map((row) => {
        const wrong = problemOf(row);
        return (
          <div key={row.key} className={styles.pair} data-testid="option-pair">
            <input
              className={styles.input}
              aria-label={`Name of the ${noun}`}
              aria-invalid={wrong !== null}
              placeholder={namePlaceholder}
              value={row.name}
              list={names && suggestions}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => edit(row.key, { name: event.target.value.trim() })}
            />
            <input
              className={styles.input}
              aria-label={row.name ? `Value of ${row.name}` : `Value of the ${noun}`}
              aria-invalid={wrong !== null}
              placeholder={valuePlaceholder}
              value={row.value}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => edit(row.key, { value: event.target.value })}
            />
            <IconButton
              label={row.name ? `Remove ${row.name}` : `Remove the ${noun}`}
              className={styles.remove}
              onClick={() => change(rows.filter(({ key }) => key !== row.key))}
            >
              <X size={15} />
            </IconButton>
            {wrong && (
              <p className={styles.problem} role="alert">
                {wrong}
              </p>
            )}
          </div>
        );
      })}
      {names && (
        <datalist id={suggestions}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
      <Button
        size="small"
        variant="quiet"
        className={styles.add}
        onClick={() => setRows([...rows, { key: nextKey.current++, name: "", value: "" }])}
      >
        <Plus size={14} /> Add {noun}
      </Button>
    </div>
  );
}

function same(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return JSON.stringify(Object.entries(a)) === JSON.stringify(Object.entries(b));
}
