"use client";
/** A field and what it finds, over the page: arrows choose, Enter does, Escape leaves. */
import { Command } from "cmdk";
import { Dialog } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useEffect, useState } from "react";
import overlay from "@/components/ui/overlay.module.css";
import type { Entry, EntryGroup } from "./entries";
import styles from "./palette.module.css";

export interface PickerProps {
  /** What it is for, read out. */
  label: string;
  placeholder: string;
  query: string;
  onQuery(query: string): void;
  groups: readonly EntryGroup[];
  /** What is said where nothing fits. */
  empty: string;
  onChoose(entry: Entry): void;
  onHighlight?(entry: Entry | null): void;
  onClose(): void;
  /** Right before the focus goes back: whoever wants it elsewhere takes it there and prevents the default. */
  onLeave?(event: Event): void;
  onKeyDown?(event: KeyboardEvent): void;
  /** Before the field: what has been chosen so far. */
  chosen?: ReactNode;
  /** Beneath the list: which keys do what. */
  foot: ReactNode;
}

export function Picker(props: PickerProps) {
  const { label, placeholder, query, onQuery, groups, empty, onChoose, onHighlight, onClose } = props;
  const entries = groups.flatMap((group) => group.entries);
  const [wish, setWish] = useState("");
  // The best one, until somebody moves on from it.
  const current = entries.find(({ id }) => id === wish) ?? entries[0] ?? null;
  const [said, setSaid] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the id is what says that it is another one
  useEffect(() => onHighlight?.(current), [current?.id]);

  const choose = (entry: Entry) => {
    if (entry.reason) setSaid(entry.reason);
    else onChoose(entry);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={overlay.scrim} />
        <Dialog.Content
          className={styles.dialog}
          aria-describedby={undefined}
          onCloseAutoFocus={props.onLeave}
          onKeyDown={props.onKeyDown}
          data-testid="picker"
        >
          <Dialog.Title className="visually-hidden">{label}</Dialog.Title>
          <Command
            label={label}
            shouldFilter={false}
            value={current?.id ?? ""}
            onValueChange={(id) => {
              setWish(id);
              setSaid("");
            }}
            loop
          >
            <div className={styles.field}>
              {props.chosen}
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
            </div>
            <Command.List className={styles.list} label={label}>
              {groups.map(({ name, entries }) => (
                <Command.Group key={name} heading={name} className={styles.group}>
                  {entries.map((entry) => (
                    <Item key={entry.id} entry={entry} onChoose={choose} />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
          {entries.length === 0 && <p className={styles.empty}>{empty}</p>}
          <p className="visually-hidden" role="status">
            {said || (entries.length === 0 ? empty : "")}
          </p>
          <div className={styles.foot}>{props.foot}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Item({ entry, onChoose }: { entry: Entry; onChoose(entry: Entry): void }) {
  const { id, title, note, keys, reason } = entry;
  return (
    <Command.Item
      value={id}
      className={styles.item}
      data-entry={id}
      data-refused={Boolean(reason)}
      onSelect={() => onChoose(entry)}
    >
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        {note && <span className={styles.note}>{note}</span>}
        {reason && <span className={styles.reason}>{reason}</span>}
      </span>
      {keys && <kbd className={styles.key}>{keys}</kbd>}
    </Command.Item>
  );
}
