"use client";
/** Words in a row, such as tags: typed, added with Enter, taken away one by one. */
import { X } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import styles from "./options.module.css";

export function WordList({
  words,
  onChange,
  noun,
  placeholder,
  problem,
  suggested = [],
}: {
  words: readonly string[];
  onChange(words: string[]): void;
  /** What one is called: "tag". */
  noun: string;
  placeholder: string;
  problem(word: string): string | null;
  suggested?: readonly string[];
}) {
  const list = useId();
  const [draft, setDraft] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const add = () => {
    const word = draft.trim();
    if (word === "") return;
    const found = words.includes(word) ? `${word} is there already.` : problem(word);
    setWrong(found);
    if (found !== null) return;
    onChange([...words, word]);
    setDraft("");
  };
  return (
    <div className={styles.list}>
      {words.length > 0 && (
        <ul className={styles.words}>
          {words.map((word) => (
            <li key={word} className={styles.word}>
              <code>{word}</code>
              <button
                type="button"
                aria-label={`Remove ${word}`}
                onClick={() => onChange(words.filter((each) => each !== word))}
              >
                <X size={13} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.inline}>
        <input
          className={styles.input}
          aria-label={`New ${noun}`}
          aria-invalid={wrong !== null}
          placeholder={placeholder}
          list={suggested.length > 0 ? list : undefined}
          value={draft}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setDraft(event.target.value);
            setWrong(null);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
          onBlur={add}
        />
        <Button size="small" onClick={add}>
          Add
        </Button>
      </div>
      {suggested.length > 0 && (
        <datalist id={list}>
          {suggested.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
      {wrong && (
        <p className={styles.problem} role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}
