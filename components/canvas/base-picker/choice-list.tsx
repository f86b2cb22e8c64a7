"use client";
/** A field and the choices that fit it, opened beside what they are for. Arrows choose, Enter does, Escape leaves. */
import { Command } from "cmdk";
import { type ReactNode, useMemo, useState } from "react";
import styles from "./base-picker.module.css";
import { BesidePopover } from "./beside-popover";
import { type Choice, likeliest } from "./choices";
import type { Beside } from "./choosing";

interface Props {
  label: string;
  /** Above the field: what is being chosen, and for what. */
  title: ReactNode;
  placeholder: string;
  query: string;
  onQuery(query: string): void;
  choices: readonly Choice[];
  /** What else there is to say: that a registry is being asked, why it can't be. */
  notes: readonly string[];
  beside: Beside;
  onChoose(choice: Choice): void;
  onClose(): void;
  /** Right before the focus goes back: whoever has it elsewhere prevents the default. */
  onLeave(event: Event): void;
}

export function ChoiceList(props: Props) {
  const { label, title, placeholder, query, onQuery, choices, notes, beside, onChoose, onClose, onLeave } =
    props;
  const [wish, setWish] = useState("");
  const [said, setSaid] = useState("");
  const current = choices.find(({ id }) => id === wish) ?? likeliest(choices, query);
  const groups = useMemo(() => groupsOf(choices), [choices]);
  return (
    <BesidePopover label={label} testId="choices" beside={beside} onClose={onClose} onLeave={onLeave}>
      <div className={styles.title}>{title}</div>
      <Command
        className={styles.command}
        label={label}
        shouldFilter={false}
        loop
        value={current?.id ?? ""}
        onValueChange={(id) => {
          setWish(id);
          setSaid("");
        }}
      >
        <Command.Input
          className={styles.input}
          placeholder={placeholder}
          value={query}
          onValueChange={(next) => {
            setWish("");
            setSaid("");
            onQuery(next);
          }}
        />
        <Command.List className={styles.list} label={label}>
          {groups.map(([name, members]) => (
            <Command.Group key={name} heading={name} className={styles.group}>
              {members.map((choice) => (
                <Item
                  key={choice.id}
                  choice={choice}
                  onChoose={() => {
                    if (choice.reason && !choice.remedy) setSaid(choice.reason);
                    else onChoose(choice);
                  }}
                />
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
      <p className="visually-hidden" role="status">
        {said || notes.join(" ")}
      </p>
    </BesidePopover>
  );
}

function Item({ choice, onChoose }: { choice: Choice; onChoose(): void }) {
  const { id, title, note, reason, remedy } = choice;
  return (
    <Command.Item
      value={id}
      className={styles.item}
      data-choice={id}
      data-refused={Boolean(reason && !remedy)}
      onSelect={onChoose}
    >
      <span className={styles.words}>
        <code className={styles.ref}>{title}</code>
        {reason && <span className={styles.reason}>{reason}</span>}
        {remedy && <span className={styles.remedy}>{remedy}</span>}
      </span>
      {note && <span className={styles.figure}>{note}</span>}
    </Command.Item>
  );
}

function groupsOf(choices: readonly Choice[]): [string, Choice[]][] {
  const groups = new Map<string, Choice[]>();
  for (const choice of choices) groups.set(choice.group, [...(groups.get(choice.group) ?? []), choice]);
  return [...groups];
}
